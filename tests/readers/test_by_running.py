"""The static verdicts against real training: what is read at run time is known, what is inert changes nothing."""

from __future__ import annotations

import importlib.metadata
import sys
from typing import Any

import pytest
from gliner_audit.schemas.readers import PLAIN_TRAINER, lookup, use

pytest.importorskip("gliner")
pytest.importorskip("transformers")
VERSIONS = {name: importlib.metadata.version(name) for name in ("transformers", "gliner")}
ARGUMENTS = "gliner.training.TrainingArguments"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        VERSIONS != {"transformers": "5.16.1", "gliner": "0.2.29"},
        reason=f"values are for another pair than {VERSIONS}",
    ),
]

# A value that is legal and not the default, for every field that is called inert when nothing is reported.
ARGUMENT_VALUES: dict[str, Any] = {
    "average_tokens_across_devices": False,
    "cache_dir": "somewhere",
    "dataloader_in_order": False,
    "dataloader_multiprocessing_context": "spawn",
    "do_eval": True,
    "do_predict": True,
    "do_train": True,
    "label_names": ["entities"],
    "label_smoothing_factor": 0.5,
    "local_rank": 3,
    "project": "mine",
    "remove_unused_columns": False,
    "resume_from_checkpoint": "nowhere",
    "run_name": "mine",
    "torch_empty_cache_steps": 1,
    "trackio_bucket_id": "mine",
    "trackio_space_id": "mine",
    "trackio_static_space_id": "mine",
}
CONFIG_VALUES: dict[str, Any] = {
    "adjacency_loss_coef": 7.0,
    "augment_add_other_prob": 0.9,
    "augment_data_prob": 0.9,
    "augment_ent_drop_prob": [0.5, 0.9],
    "augment_rel_drop_prob": [0.5, 0.9],
    "blank_entity_prob": 0.9,
    "decoder_loss_coef": 9.0,
    "decoder_mode": "prompt",
    "fine_tune": False,
    "full_decoder_context": False,
    "label_token": "<<L>>",
    "max_cache_length": 9,
    "name": "mine",
    "neg_spans_ratio": 0.25,
    "rel_id_to_classes": {"1": "a"},
    "relation_loss_coef": 9.0,
    "represent_spans": True,
    "right_context_width": 3,
    "span_loss_coef": 9.0,
    "token_loss_coef": 9.0,
    "triples_layer": "distmult",
}
# Changes that must show, or the comparison could not fail.
CONTROLS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"label_smoothing": 0.3}, {}),
    ({"weight_decay": 0.3}, {}),
    ({"dataloader_pin_memory": False, "per_device_train_batch_size": 3}, {}),
    ({"seed": 5}, {}),
    ({"masking": "none", "negatives": 0.5}, {}),
    ({}, {"dropout": 0.0}),
    ({}, {"max_width": 3}),
]


def test_installed_files_say_what_the_bundled_summary_says() -> None:
    import importlib.util
    import os

    packages = {}
    for name in ("transformers", "gliner"):
        spec = importlib.util.find_spec(name)
        assert spec is not None
        packages[name] = os.path.dirname(str(spec.origin))
    summary = lookup.load("transformers-5.16.1")
    assert summary is not None
    names = {*summary["trainer"], *ARGUMENT_VALUES, "others_lr", "masking", "warmup_ratio"}
    for name in sorted(names):
        assert use(ARGUMENTS, name, VERSIONS, packages=packages) == use(ARGUMENTS, name, VERSIONS), name
    for name in CONFIG_VALUES:
        bundled = use("gliner.GLiNERConfig", name, VERSIONS)
        assert use("gliner.GLiNERConfig", name, VERSIONS, packages=packages) == bundled, name


def inert_arguments() -> set[str]:
    import dataclasses

    from gliner.training import TrainingArguments

    found = {
        f.name: use(ARGUMENTS, f.name, VERSIONS, reporters=()) for f in dataclasses.fields(TrainingArguments) if f.init
    }
    assert all(found.values()), [name for name, u in found.items() if u is None]
    return {name for name, u in found.items() if u is not None and u.verdict == "inert"}


def test_every_inert_argument_has_a_probe() -> None:
    assert inert_arguments() == set(ARGUMENT_VALUES)


@pytest.fixture(scope="module")
def baseline(gliner_run: Any) -> dict[str, Any]:
    first: dict[str, Any] = gliner_run()
    assert gliner_run() == first, "two equal runs differ, so nothing can be compared"
    return first


def test_inert_arguments_change_nothing(gliner_run: Any, baseline: dict[str, Any]) -> None:
    for name, value in ARGUMENT_VALUES.items():
        assert gliner_run({name: value}) == baseline, name


def test_inert_config_fields_change_nothing(gliner_run: Any, baseline: dict[str, Any]) -> None:
    for name, value in CONFIG_VALUES.items():
        found = use("gliner.GLiNERConfig", name, VERSIONS, model="UniEncoderSpanGLiNER")
        assert found is not None, name
        assert found.verdict == "inert", name
        assert gliner_run(config={name: value}) == baseline, name


def test_controls_change_the_run(gliner_run: Any, baseline: dict[str, Any]) -> None:
    for arguments, config in CONTROLS:
        assert gliner_run(arguments, config) != baseline, (arguments, config)


def test_token_models_drop_span_loss_arguments(gliner_run: Any) -> None:
    token = {"span_mode": "token_level"}
    plain = gliner_run(config=token)
    for name, value in {
        "masking": "none",
        "loss_type": "dice",
        "use_span_width_weight": True,
        "dice_gamma": 2.0,
    }.items():
        found = use(ARGUMENTS, name, VERSIONS, model="UniEncoderTokenGLiNER")
        assert found is not None
        assert found.verdict == "inert", name
        assert gliner_run({name: value}, token) == plain, name


def recording(base: type) -> tuple[type, set[tuple[str, str]]]:
    """A subclass that records who reads which field: (field, function)."""
    import dataclasses

    seen: set[tuple[str, str]] = set()
    fields = {f.name for f in dataclasses.fields(base)}  # type: ignore[arg-type]

    class Recording(base):  # type: ignore[misc]
        def __getattribute__(self, name: str) -> Any:
            if name in fields:
                code = sys._getframe(1).f_code
                if "site-packages" in code.co_filename:
                    seen.add((name, code.co_qualname))
            return super().__getattribute__(name)

        def __reduce__(self) -> tuple[type, tuple[()]]:  # the trainer pickles its arguments beside a checkpoint
            return dict, ()

    return Recording, seen


def unexplained(seen: set[tuple[str, str]], surface: str, trainer: str) -> list[tuple[str, str]]:
    """Reads of fields called inert by functions that the static answer does not name."""
    missing = []
    for field, function in sorted(seen):
        found = use(surface, field, VERSIONS, trainer, reporters=())
        assert found is not None, field
        known = {reader.function for reader in found.readers}
        if found.verdict != "live" and function.split(".<locals>")[0] not in known | {"TrainingArguments.to_dict"}:
            missing.append((field, function))
    return missing


def test_gliner_run_reads_no_field_that_is_called_inert(gliner_run: Any) -> None:
    from gliner.training import TrainingArguments

    cls, seen = recording(TrainingArguments)
    gliner_run(arguments_class=cls)
    assert len({field for field, _ in seen}) > 60
    assert unexplained(seen, ARGUMENTS, "gliner.training.Trainer") == []


def test_plain_run_reads_no_field_that_is_called_inert(tmp_path: Any) -> None:
    import torch
    from transformers import Trainer, TrainingArguments

    class Line(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight = torch.nn.Parameter(torch.zeros(1))

        def forward(self, x: torch.Tensor, labels: torch.Tensor) -> dict[str, torch.Tensor]:
            return {"loss": ((self.weight * x - labels) ** 2).mean(), "logits": self.weight * x}

    cls, seen = recording(TrainingArguments)
    data = [{"x": torch.tensor([float(i)]), "labels": torch.tensor([2.0 * i])} for i in range(16)]
    arguments = cls(str(tmp_path), max_steps=3, use_cpu=True, report_to="none", eval_strategy="steps", eval_steps=2,
                    save_steps=2, disable_tqdm=True)  # fmt: skip
    trainer = Trainer(model=Line(), args=arguments, train_dataset=data, eval_dataset=data)
    trainer.train()
    trainer.save_model()
    assert len({field for field, _ in seen}) > 60
    assert unexplained(seen, "transformers.TrainingArguments", PLAIN_TRAINER) == []
