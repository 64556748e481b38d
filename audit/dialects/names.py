"""Tables of names: how the keys that people write map to parameters, and which keys give a dialect away."""

from __future__ import annotations

from collections.abc import Collection

from .base import ARGS, CALL, DATA, ENV, LORA, META, MODEL, Target

# Short names of GLiNER's own train.py and of the command lines grown around it.
GLINER_ARGS: dict[str, tuple[str, ...]] = {
    "num_steps": ("max_steps",),
    "train_batch_size": ("per_device_train_batch_size",),
    "eval_batch_size": ("per_device_eval_batch_size",),
    "eval_every": ("eval_steps", "save_steps"),
    "scheduler_type": ("lr_scheduler_type",),
    "optimizer": ("optim",),
    "lr_encoder": ("learning_rate",),
    "lr_others": ("others_lr",),
    "weight_decay_encoder": ("weight_decay",),
    "weight_decay_other": ("others_weight_decay",),
    "loss_alpha": ("focal_loss_alpha",),
    "loss_gamma": ("focal_loss_gamma",),
    "loss_prob_margin": ("focal_loss_prob_margin",),
}

# Keys that GLiNER configs carry and that no surface takes: what the run reads, and what it only writes down.
GLINER_DATA: dict[str, str] = {
    "train_data": "train_data",
    "train_data_path": "train_data",
    "val_data_dir": "val_data",
    "val_data": "val_data",
    "eval_data": "val_data",
    "root_dir": "root_dir",
    "prev_path": "prev_path",
}
GLINER_SHIPPED = ("size_sup", "shuffle_types", "random_drop", "freeze_token_rep", "fine_tune", "has_rnn", "name")

# Keys that stand in one section and belong to another part of the run.
GLINER_MOVED: dict[str, dict[str, Target]] = {
    "run": {
        "name": Target(ARGS, "run_name"),
        "seed": Target(ARGS, "seed"),
        "description": Target(META, "description"),
        "tags": Target(META, "tags"),
    },
    "environment": {
        "report_to": Target(ARGS, "report_to"),
        "push_to_hub": Target(ARGS, "push_to_hub"),
        "hub_model_id": Target(ARGS, "hub_model_id"),
        "hf_token": Target(ARGS, "hub_token"),
        "wandb_project": Target(ENV, "WANDB_PROJECT"),
        "wandb_entity": Target(ENV, "WANDB_ENTITY"),
        "wandb_api_key": Target(ENV, "WANDB_API_KEY"),
        "cuda_visible_devices": Target(ENV, "CUDA_VISIBLE_DEVICES"),
    },
    **{name: {"enabled": Target(META, "lora_enabled")} for name in ("lora", "lora_config", "peft", "peft_config")},
}

# The section names that people use, and what their keys are looked up as.
GLINER_SECTIONS: dict[str, tuple[str, ...]] = {
    "model": (MODEL, DATA),
    "gliner_config": (MODEL,),
    "model_config": (MODEL,),
    "data": (DATA, ARGS),
    "training": (CALL, ARGS, DATA),
    "train": (CALL, ARGS, DATA),
    "training_args": (CALL, ARGS, DATA),
    "training_arguments": (CALL, ARGS, DATA),
    "lora": (LORA,),
    "lora_config": (LORA,),
    "peft": (LORA,),
    "peft_config": (LORA,),
    "run": (META,),
    "environment": (ENV,),
}
FLAT = (MODEL, CALL, ARGS, DATA)

# A file is GLiNER when one of these stands beside a model, data or optimiser key.
GLINER_ONLY = frozenset(
    "span_mode subtoken_pooling max_neg_type_ratio ent_token words_splitter_type labels_decoder lr_others others_lr "
    "others_weight_decay weight_decay_other focal_loss_alpha focal_loss_gamma focal_loss_prob_margin loss_prob_margin "
    "size_sup shuffle_types fuse_layers post_fusion_schema num_post_fusion_layers embed_ent_token blank_entity_prob "
    "relations_layer triples_layer neg_spans_ratio freeze_token_rep freeze_components decoder_mode "
    "span_loss_coef token_loss_coef".split()
)
GLINER_BESIDE = frozenset(
    "model_name train_data val_data_dir root_dir prev_path learning_rate lr_encoder num_steps max_steps optim "
    "optimizer num_train_epochs train_batch_size per_device_train_batch_size output_dir hidden_size scheduler_type "
    "lr_scheduler_type max_width max_len encoder_config labels_encoder".split()
)

# GLiREL grew from the flat layout; its own library reads these, and the rest of its files.
GLIREL_ONLY = frozenset(("rel_mode", "span_marker_mode", "num_train_rel_types", "refine_relation"))
# What save_pretrained of transformers writes into every config of a saved model.
SAVED = "transformers_version"

# Names that TRL's and other command lines give to LoraConfig's parameters beside TrainingArguments keys.
TRAINER_LORA: dict[str, tuple[str, ...]] = {
    "lora_r": ("r",),
    "lora_target_modules": ("target_modules",),
    "lora_modules_to_save": ("modules_to_save",),
    "lora_task_type": ("task_type",),
}
LORA_SECTIONS = ("lora", "peft", "lora_config", "peft_config")
TRAINER_SECTIONS = ("training_args", "training_arguments", "trainer_args")

# Names long or odd enough that only a TrainingArguments config has them.
TRAINER_ONLY = frozenset(
    "per_device_train_batch_size per_device_eval_batch_size per_gpu_train_batch_size num_train_epochs "
    "lr_scheduler_type lr_scheduler_kwargs gradient_checkpointing_kwargs evaluation_strategy eval_strategy "
    "save_strategy save_total_limit logging_steps logging_strategy warmup_ratio load_best_model_at_end "
    "metric_for_best_model greater_is_better dataloader_num_workers dataloader_pin_memory remove_unused_columns "
    "label_smoothing_factor neftune_noise_alpha auto_find_batch_size adam_beta1 adam_beta2 adam_epsilon "
    "overwrite_output_dir gradient_accumulation_steps group_by_length".split()
)
LORA_ONLY = frozenset("lora_alpha lora_dropout lora_r target_modules use_rslora init_lora_weights".split())
# What the top level of a Trainer config holds for LoraConfig while its own `r` is not there.
TRAINER_MOVED: dict[str, Target] = {
    **{name: Target(LORA, name) for name in sorted(LORA_ONLY - {"lora_r"})},
    **{name: Target(LORA, meant) for name, (meant,) in TRAINER_LORA.items()},
}

# Shapes of other tools, as groups of keys that must all be there: left alone.
FOREIGN: dict[str, tuple[tuple[str, ...], ...]] = {
    "axolotl": (("base_model", "datasets"), ("base_model", "micro_batch_size"), ("base_model", "sequence_len")),
    "llamafactory": (
        ("stage", "model_name_or_path"),
        ("finetuning_type", "template"),
        ("stage", "finetuning_type"),
        ("model_name_or_path", "template", "infer_backend"),
        ("adapter_name_or_path", "template"),
        ("model_name_or_path", "template", "cutoff_len"),
        ("model", "kernel_config"),
        ("model", "dist_config"),
        ("model", "peft_config", "template"),
    ),
    "neobert": (("trainer", "optimizer", "model"), ("trainer", "tokenizer", "model"), ("trainer", "scheduler")),
    "accelerate": (("compute_environment", "distributed_type"),),
    "accelerate-script": (("checkpointing_steps",), ("with_tracking",), ("num_warmup_steps", "max_train_steps")),
    "swift": (("tuner_type", "model"), ("train_type", "model"), ("sft_type", "model_type"), ("rlhf_type", "model")),
    "glirel": tuple((name,) for name in sorted(GLIREL_ONLY)),
    # What PEFT writes beside saved weights: it is read back with the weights, nothing trains from it.
    "peft-adapter": (("peft_type", "base_model_name_or_path", "inference_mode"),),
}
# Files that are no training config whatever else they hold: workflows, compose files, manifests, hooks, charts, docs.
NOT_TRAINING: tuple[tuple[str, ...], ...] = (
    ("jobs", "on"),
    ("services", "version"),
    ("services",),
    ("build-system",),
    ("project", "tool"),
    ("apiVersion", "kind"),
    ("repos",),
    ("site_name",),
    ("dependencies", "channels"),
    ("runs", "name"),
    ("$schema", "properties"),
    ("sphinx",),
    ("stages", "image"),
    ("scripts", "devDependencies"),
)
# Keys of the scripts around TrainingArguments (model, data, logging): a file that has one is read by more than the
# Trainer, so an unknown key beside it may well be theirs.
SCRIPT_KEYS = frozenset(
    "model_name_or_path model_name model_id tokenizer_name tokenizer_name_or_path dataset_name dataset dataset_mixer "
    "dataset_mixture dataset_path train_file validation_file data_path torch_dtype attn_implementation max_seq_length "
    "max_length wandb_project chat_template base_model use_lora use_qlora use_peft lora_rank lora_path lora_bias "
    "precision run_time model_revision".split()
)

# Short names in use for parameters of TrainingArguments, GLiNER"s training and LoraConfig: what a key is named after.
SHORT_NAMES: dict[str, tuple[str, ...]] = {
    **GLINER_ARGS,
    **TRAINER_LORA,
    "root_dir": ("output_dir",),
    "out_dir": ("output_dir",),
    "output_folder": ("output_dir",),
    "output_path": ("output_dir",),
    "save_dir": ("output_dir",),
    "checkpoint_dir": ("output_dir",),
    "lr": ("learning_rate",),
    "encoder_lr": ("learning_rate",),
    "train_steps": ("max_steps",),
    "total_steps": ("max_steps",),
    "epochs": ("num_train_epochs",),
    "num_epochs": ("num_train_epochs",),
    "n_epochs": ("num_train_epochs",),
    "batch_size": ("per_device_train_batch_size",),
    "per_gpu_train_batch_size": ("per_device_train_batch_size",),
    "grad_accum": ("gradient_accumulation_steps",),
    "grad_accum_steps": ("gradient_accumulation_steps",),
    "accumulation_steps": ("gradient_accumulation_steps",),
    "gradient_accumulation": ("gradient_accumulation_steps",),
    "scheduler": ("lr_scheduler_type",),
    "lr_scheduler": ("lr_scheduler_type",),
    "warmup": ("warmup_steps", "warmup_ratio"),
    "clip_grad": ("max_grad_norm",),
    "grad_clip": ("max_grad_norm",),
    "save_every": ("save_steps",),
    "log_every": ("logging_steps",),
    "logging_interval": ("logging_steps",),
    "max_checkpoints": ("save_total_limit",),
    "num_workers": ("dataloader_num_workers",),
    "pin_memory": ("dataloader_pin_memory",),
    "hf_token": ("hub_token",),
    "hub_repo": ("hub_model_id",),
    "hub_repo_id": ("hub_model_id",),
    "evaluation_strategy": ("eval_strategy",),
    "lora_rank": ("r",),
    "lora_bias": ("bias",),
    "resume": ("resume_from_checkpoint",),
    "resume_from": ("resume_from_checkpoint",),
}
# Short names that a loss, a dataset or a process group bears too: LoRA's where the section is.
LORA_SHORT_NAMES: dict[str, tuple[str, ...]] = {
    "rank": ("r",),
    "alpha": ("lora_alpha",),
    "targets": ("target_modules",),
}
LORA_WORDS = ("lora", "peft", "adapter")
# Sections about what a trained model does: a parameter of the training that bears a short name is not meant there.
AFTER_TRAINING = frozenset(
    {"eval", "evaluation", "validation", "test", "testing", "inference", "predict", "prediction"}
)
# Environment variables that the libraries of a run read (documented by wandb, huggingface_hub, transformers, torch).
VARIABLES = frozenset(
    "WANDB_PROJECT WANDB_ENTITY WANDB_API_KEY WANDB_MODE WANDB_DISABLED WANDB_NAME WANDB_DIR WANDB_RUN_ID "
    "WANDB_RUN_GROUP WANDB_TAGS WANDB_NOTES WANDB_LOG_MODEL WANDB_WATCH WANDB_SILENT WANDB_RESUME WANDB_JOB_TYPE "
    "WANDB_BASE_URL HF_TOKEN HF_HOME HF_HUB_CACHE HF_HUB_OFFLINE HF_DATASETS_CACHE HF_DATASETS_OFFLINE HF_ENDPOINT "
    "TRANSFORMERS_CACHE TRANSFORMERS_OFFLINE TRANSFORMERS_VERBOSITY TOKENIZERS_PARALLELISM CUDA_VISIBLE_DEVICES "
    "CUDA_LAUNCH_BLOCKING CUBLAS_WORKSPACE_CONFIG PYTORCH_CUDA_ALLOC_CONF OMP_NUM_THREADS MASTER_ADDR MASTER_PORT "
    "WORLD_SIZE LOCAL_RANK MLFLOW_TRACKING_URI MLFLOW_EXPERIMENT_NAME COMET_API_KEY COMET_PROJECT_NAME".split()
)


def namesakes(key: str, parameters: Collection[str], variables: Collection[str] = ()) -> list[str]:
    """What a key is named after by the last part of its path: parameters among `parameters`, the exact name first,
    then a variable of the environment among `variables`."""
    section, _, leaf = key.lower().rpartition(".")
    name = leaf.replace("-", "_")
    if name == "name":
        return []
    wanted = [name, *SHORT_NAMES.get(name, ())]
    if any(word in section for word in LORA_WORDS):
        wanted += LORA_SHORT_NAMES.get(name, ())
    if AFTER_TRAINING & set(section.split(".")):
        wanted = [name]
    found = [n for n in dict.fromkeys(wanted) if n in parameters]
    return [*found, name.upper()] if name.upper() in variables else found
