from registry import register
from transformers import TrainingArguments
from trl import SFTConfig


@register("plain")
def plain(section):
    return TrainingArguments(output_dir=section["out"], learning_rate=section["lr"])


@register("sft")
def sft(section):
    return SFTConfig(output_dir=section["out"], max_length=section["length"])
