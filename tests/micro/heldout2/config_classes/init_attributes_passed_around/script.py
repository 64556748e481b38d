import os

from datasets import load_dataset
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import SFTConfig, SFTTrainer


class Config:
    MODEL_NAME = "meta-llama/Llama-2-7b-hf"
    DATASET = "timdettmers/openassistant-guanaco"
    OUTPUT = "./llama2-guanaco"
    LR = 2e-4
    EPOCHS = 1
    BATCH = 4
    ACCUM = 4
    MAX_SEQ = 512
    PACKING = False
    WARMUP = 0.03
    OPTIM = "paged_adamw_32bit"
    HF_TOKEN = "hf_xxx"


class Finetuner:
    def __init__(self, config=Config):
        self.config = config
        self.model = None
        self.tokenizer = None

    def load(self):
        c = self.config
        self.tokenizer = AutoTokenizer.from_pretrained(c.MODEL_NAME)
        self.tokenizer.pad_token = self.tokenizer.eos_token
        self.model = AutoModelForCausalLM.from_pretrained(c.MODEL_NAME, device_map="auto")
        self.model.config.use_cache = False

    def training_args(self):
        return SFTConfig(
            output_dir=self.config.OUTPUT,
            learning_rate=self.config.LR,
            num_train_epochs=self.config.EPOCHS,
            per_device_train_batch_size=self.config.BATCH,
            gradient_accumulation_steps=self.config.ACCUM,
            max_length=self.config.MAX_SEQ,
            packing=self.config.PACKING,
            warmup_ratio=self.config.WARMUP,
            lr_scheduler_type="cosine",
            dataset_text_field="text",
            optim="adamw_torch",
            logging_steps=25,
        )

    def train(self):
        data = load_dataset(self.config.DATASET, split="train")
        trainer = SFTTrainer(self.model, args=self.training_args(), train_dataset=data)
        trainer.train()
        trainer.model.save_pretrained(os.path.join(self.config.OUTPUT, "final"))


def main():
    ft = Finetuner(Config())
    ft.load()
    ft.train()


if __name__ == "__main__":
    main()
