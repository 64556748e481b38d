import yaml
from gliner import GLiNER
from gliner.data_processing.collator import DataCollator
from gliner.training import Trainer, TrainingArguments


def main():
    with open("config.yaml") as f:
        c = yaml.safe_load(f)
    model = GLiNER.from_pretrained(c["model"])
    collator = DataCollator(model.config, data_processor=model.data_processor, prepare_labels=True)
    args = TrainingArguments(
        output_dir=c["out"], learning_rate=c["lr"], others_lr=c["others"]["lr"],
        others_weight_decay=c["others"]["wd"], focal_loss_alpha=c["focal"][0], focal_loss_gamma=c["focal"][1],
    )
    trainer = Trainer(model=model, args=args, train_dataset=[], eval_dataset=[], data_collator=collator)
    trainer.train()
    trainer.save_model(c["out"] + "/final")


if __name__ == "__main__":
    main()
