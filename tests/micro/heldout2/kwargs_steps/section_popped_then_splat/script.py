import yaml
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import SFTConfig, SFTTrainer


def prepare(cfg):
    train = dict(cfg["train"])
    train["learning_rate"] = float(train.pop("lr"))
    train["num_train_epochs"] = train.pop("epochs", 1)
    train["per_device_train_batch_size"] = train.pop("batch_size")
    train.pop("notes", None)
    precision = train.pop("precision", "fp32")
    if precision in ("bf16", "fp16"):
        train[precision] = True
    train["output_dir"] = cfg["out"]
    train["seed"] = 42
    return train


def main():
    with open("sft.yaml") as f:
        cfg = yaml.safe_load(f)
    tokenizer = AutoTokenizer.from_pretrained(cfg["model"])
    model = AutoModelForCausalLM.from_pretrained(cfg["model"])
    if "peft" in cfg:
        model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", **cfg["peft"]))
    args = SFTConfig(**prepare(cfg))
    trainer = SFTTrainer(model=model, args=args, train_dataset=[], processing_class=tokenizer)
    trainer.train()
    trainer.save_model(cfg["out"])


if __name__ == "__main__":
    main()
