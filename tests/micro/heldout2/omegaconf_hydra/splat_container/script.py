import hydra
from omegaconf import OmegaConf
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments


def count_params(model):
    return sum(p.numel() for p in model.parameters())


@hydra.main(config_path=".", config_name="config", version_base="1.3")
def run(cfg):
    OmegaConf.set_struct(cfg, False)
    targs = OmegaConf.to_container(cfg.training_args, resolve=True)
    lora = OmegaConf.to_container(cfg.lora, resolve=True)
    enabled = lora.pop("enabled")

    model = AutoModelForCausalLM.from_pretrained(cfg.model_name)
    if enabled:
        model = get_peft_model(model, LoraConfig(**lora))
    print("params", count_params(model))

    if cfg.debug:
        targs["max_steps"] = 10
        targs["report_to"] = "none"

    args = TrainingArguments(**targs)
    trainer = Trainer(model=model, args=args, train_dataset=[], eval_dataset=[])
    if cfg.mode == "train":
        trainer.train()
    else:
        trainer.evaluate()


if __name__ == "__main__":
    run()
