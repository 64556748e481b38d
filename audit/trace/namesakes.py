"""Which parameter a key is named after: its own name, or the short name that people use for it."""

from __future__ import annotations

from collections.abc import Collection

ALIASES: dict[str, tuple[str, ...]] = {
    "root_dir": ("output_dir",),
    "out_dir": ("output_dir",),
    "output_folder": ("output_dir",),
    "output_path": ("output_dir",),
    "save_dir": ("output_dir",),
    "checkpoint_dir": ("output_dir",),
    "lr": ("learning_rate",),
    "lr_encoder": ("learning_rate",),
    "encoder_lr": ("learning_rate",),
    "lr_others": ("others_lr",),
    "weight_decay_encoder": ("weight_decay",),
    "weight_decay_other": ("others_weight_decay",),
    "num_steps": ("max_steps",),
    "train_steps": ("max_steps",),
    "total_steps": ("max_steps",),
    "epochs": ("num_train_epochs",),
    "num_epochs": ("num_train_epochs",),
    "n_epochs": ("num_train_epochs",),
    "batch_size": ("per_device_train_batch_size",),
    "train_batch_size": ("per_device_train_batch_size",),
    "per_gpu_train_batch_size": ("per_device_train_batch_size",),
    "eval_batch_size": ("per_device_eval_batch_size",),
    "grad_accum": ("gradient_accumulation_steps",),
    "grad_accum_steps": ("gradient_accumulation_steps",),
    "accumulation_steps": ("gradient_accumulation_steps",),
    "gradient_accumulation": ("gradient_accumulation_steps",),
    "scheduler": ("lr_scheduler_type",),
    "scheduler_type": ("lr_scheduler_type",),
    "lr_scheduler": ("lr_scheduler_type",),
    "optimizer": ("optim",),
    "warmup": ("warmup_steps", "warmup_ratio"),
    "clip_grad": ("max_grad_norm",),
    "grad_clip": ("max_grad_norm",),
    "eval_every": ("eval_steps", "save_steps"),
    "save_every": ("save_steps",),
    "log_every": ("logging_steps",),
    "logging_interval": ("logging_steps",),
    "max_checkpoints": ("save_total_limit",),
    "num_workers": ("dataloader_num_workers",),
    "pin_memory": ("dataloader_pin_memory",),
    "loss_alpha": ("focal_loss_alpha",),
    "loss_gamma": ("focal_loss_gamma",),
    "loss_prob_margin": ("focal_loss_prob_margin",),
    "hf_token": ("hub_token",),
    "hub_repo": ("hub_model_id",),
    "hub_repo_id": ("hub_model_id",),
    "evaluation_strategy": ("eval_strategy",),
    "lora_r": ("r",),
    "lora_rank": ("r",),
    "rank": ("r",),
    "alpha": ("lora_alpha",),
    "lora_target_modules": ("target_modules",),
    "lora_bias": ("bias",),
    "resume": ("resume_from_checkpoint",),
    "resume_from": ("resume_from_checkpoint",),
}
"""Short names in use for parameters of TrainingArguments, GLiNER's training and LoraConfig."""


def namesakes(leaf: str, parameters: Collection[str]) -> list[str]:
    """Parameters among `parameters` that a key with this last part is named after, the exact name first."""
    name = leaf.replace("-", "_").lower()
    wanted = [name, *ALIASES.get(name, ())]
    if name == "name":
        return []
    return [n for n in dict.fromkeys(wanted) if n in parameters]
