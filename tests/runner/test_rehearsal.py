"""The rehearsal finds what would end the run later, and leaves no trace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gliner_audit.runner import lora, rehearsal
from gliner_audit.runner.tiny import TinyKit
from support import losses, make_plan, run, same_tensors

pytestmark = pytest.mark.train


@pytest.mark.parametrize("exact", [True, False], ids=["seeded", "plain"])
def test_it_changes_nothing(exact: bool, deberta: TinyKit, tmp_path: Path) -> None:
    args = {"max_steps": 4}
    with_it = run(make_plan(deberta, tmp_path / "with", args=args), exact_resume=exact)
    without = run(make_plan(deberta, tmp_path / "without", args=args), exact_resume=exact, rehearse=False)
    assert losses(with_it.receipt) == losses(without.receipt)
    assert same_tensors(with_it.output / "pytorch_model.bin", without.output / "pytorch_model.bin")
    assert not (with_it.output / rehearsal.FOLDER).exists()


def test_alone_it_ends_before_step_1(deberta: TinyKit, tmp_path: Path) -> None:
    result = run(make_plan(deberta, tmp_path / "out", evaluate=True), rehearse_only=True)
    assert result.code == 0, result.text
    assert result.receipt["steps_done"] == 0
    assert {row["verdict"] for row in result.receipt["keys"]} >= {"not observed"}
    assert not any(
        row["verdict"] == "took effect" for row in result.receipt["keys"] if row["key"] == "training.save_steps"
    )


def test_a_crash_of_the_first_step_is_found(deberta: TinyKit, tmp_path: Path) -> None:
    """gliner 0.2.29 cannot weigh spans by width in a uni-encoder span model."""
    result = run(make_plan(deberta, tmp_path / "out", args={"use_span_width_weight": True}))
    assert result.code == 6
    assert "rehearsal, the forward and backward pass of the largest batch: RuntimeError" in result.text
    assert result.receipt["exit"]["reason"].startswith("failed: rehearsal")


def test_a_model_that_is_not_saved_as_trained_is_found(
    deberta: TinyKit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saving LoRA unmerged, as save_pretrained alone would, leaves a model whose encoder comes back random."""
    from contextlib import nullcontext

    from gliner_audit.runner import trainer

    class Unmerged:
        is_wrapped = staticmethod(lora.is_wrapped)
        holder = staticmethod(lora.holder)
        merged = staticmethod(lambda model: nullcontext())

    monkeypatch.setattr(trainer, "lora", Unmerged)
    spec = {"r": 4, "target_modules": ["query_proj"]}
    result = run(make_plan(deberta, tmp_path / "out", lora=spec))
    assert result.code == 6
    assert "tensors of the saved model are not the trained ones" in result.text


def test_running_out_of_memory_is_found(deberta: TinyKit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gliner.training import Trainer

    def no_memory(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")

    monkeypatch.setattr(Trainer, "compute_loss", no_memory)
    result = run(make_plan(deberta, tmp_path / "out"))
    assert result.code == 6
    assert "out of memory" in result.text
    assert "gradient_accumulation_steps" in result.text


@pytest.mark.parametrize(("allowed", "code"), [(0, 7), (1, 7), (2, 0)])
def test_lost_batches_have_a_budget(
    allowed: int, code: int, deberta: TinyKit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gliner.training import Trainer

    inner, calls = Trainer.compute_loss, iter(range(100))

    def sometimes(self: Any, *args: Any, **kwargs: Any) -> Any:
        if next(calls) in (1, 3):
            raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return inner(self, *args, **kwargs)

    monkeypatch.setattr(Trainer, "compute_loss", sometimes)
    result = run(make_plan(deberta, tmp_path / "out", args={"max_steps": 5}), rehearse=False, skipped_batches=allowed)
    assert result.code == code, result.text
    assert result.receipt["counts"]["skipped_batches"] == min(allowed + 1, 2)


def test_the_worst_batch_is_the_longest_with_the_most_types() -> None:
    examples = [
        {"tokenized_text": ["w"] * length, "ner": [[0, 0, label]]}
        for length, label in [(3, "a"), (9, "bb"), (5, "ccc"), (50, "d")]
    ]
    draw = rehearsal.worst_batch(examples, 3, max_len=10, max_types=2)
    assert [len(example["tokenized_text"]) for example in draw] == [50, 9, 5]
    assert all(example["ner_labels"] == ["bb", "ccc"] for example in draw)
    assert len(rehearsal.worst_batch(examples[:1], 4, max_len=10, max_types=2)) == 4
    given = [{**examples[0], "ner_labels": list("vwxyz")}]
    assert rehearsal.worst_batch(given, 1, max_len=10, max_types=2)[0]["ner_labels"] == list("vwxyz")
