"""Which surfaces there are, and where each library defines them; what a version does not define is absent there."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """Where a surface is defined: a dataclass, a class with `__init__`, or a function ("Class.method").

    `kind` is "dataclass", "class" or "callable"; `forwards_to` names the surface that gets the `**kwargs`.
    """

    name: str
    distribution: str
    module: str
    definition: str
    kind: str
    forwards_to: str | None = None


_GLINER_CONFIGS = (
    "BaseGLiNERConfig", "UniEncoderConfig", "UniEncoderSpanConfig", "UniEncoderTokenConfig",
    "UniEncoderSpanDecoderConfig", "UniEncoderTokenDecoderConfig", "UniEncoderRelexConfig", "UniEncoderSpanRelexConfig",
    "UniEncoderTokenRelexConfig", "BiEncoderConfig", "BiEncoderSpanConfig", "BiEncoderTokenConfig", "RNNEncoderConfig",
)  # fmt: skip

PLACES: tuple[Place, ...] = (
    Place("transformers.TrainingArguments", "transformers", "transformers.training_args", "TrainingArguments",
          "dataclass"),
    Place("transformers.Trainer", "transformers", "transformers.trainer", "Trainer", "class"),
    Place("transformers.BitsAndBytesConfig", "transformers", "transformers.utils.quantization_config",
          "BitsAndBytesConfig", "class"),
    Place("peft.LoraConfig", "peft", "peft.tuners.lora.config", "LoraConfig", "dataclass"),
    Place("peft.LoftQConfig", "peft", "peft.tuners.lora.config", "LoftQConfig", "dataclass"),
    Place("gliner.training.TrainingArguments", "gliner", "gliner.training.trainer", "TrainingArguments", "dataclass"),
    Place("gliner.GLiNER.create_training_args", "gliner", "gliner.model", "BaseGLiNER.create_training_args", "callable",
          "gliner.training.TrainingArguments"),
    Place("gliner.GLiNER.train_model", "gliner", "gliner.model", "BaseGLiNER.train_model", "callable",
          "gliner.GLiNER.create_training_args"),
    Place("gliner.GLiNERConfig", "gliner", "gliner.config", "GLiNERConfig", "class"),
    Place("gliner.StreamingSpanConfig", "gliner", "gliner.config", "StreamingSpanConfig", "class"),
    *(Place(f"gliner.config.{name}", "gliner", "gliner.config", name, "class") for name in _GLINER_CONFIGS),
)  # fmt: skip

BY_NAME: dict[str, Place] = {place.name: place for place in PLACES}

#: The definition that a base-class expression stands for, when it is a surface of another library.
BY_IMPORT: dict[str, str] = {
    "transformers.TrainingArguments": "transformers.TrainingArguments",
    "transformers.training_args.TrainingArguments": "transformers.TrainingArguments",
}
