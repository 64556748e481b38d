"""LoRA: what trains, and that the saved model is the trained one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from gliner_audit.runner.plan_types import RunPlan
from gliner_audit.runner.tiny import TinyKit
from support import make_plan, run, same_tensors

pytestmark = pytest.mark.train

TARGETS = {"deberta": ["query_proj", "value_proj"], "bert": ["query", "value", "dense"]}
TEXTS = ["Ada Lovelace moved to Paris in March .", "Globex hired Alan Turing last Monday ."]


def spec(architecture: str) -> dict[str, Any]:
    return {"r": 4, "lora_alpha": 8, "lora_dropout": 0.1, "target_modules": TARGETS[architecture]}


@pytest.fixture(params=["deberta", "bert"])
def architecture(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def kit(architecture: str, request: pytest.FixtureRequest) -> TinyKit:
    found: TinyKit = request.getfixturevalue(architecture)
    return found


def predictions(model: Any) -> list[dict[tuple[int, int, str], float]]:
    """The score of every span under every label: a threshold of 0 hides nothing, and no span ousts another, so that a
    tie between labels cannot decide what is compared."""
    labels = ["person", "place", "firm", "date"]
    found = model.inference(TEXTS, labels, threshold=0.0, flat_ner=False, multi_label=True)
    return [{(e["start"], e["end"], e["label"]): e["score"] for e in row} for row in found]


def trained(plan: RunPlan) -> Any:
    """The live model at the end of a run, adapters in place, restored from the last checkpoint."""
    import torch
    from gliner_audit.runner import model as models

    live = models.build(plan)
    folder = Path(plan.data["output_dir"]) / "checkpoint-12"
    live.model.load_state_dict(torch.load(folder / "unmerged.pt", weights_only=True), strict=True)
    return live.eval()


def test_the_saved_model_predicts_what_the_trained_one_does(architecture: str, kit: TinyKit, tmp_path: Path) -> None:
    from gliner import GLiNER

    plan = make_plan(kit, tmp_path / "out", lora=spec(architecture), args={"learning_rate": 5e-2})
    result = run(plan)
    assert result.code == 0, result.text
    live = predictions(trained(plan))
    assert sum(map(len, live)) > 40
    for folder in (result.output, result.output / "checkpoint-12"):
        stored = predictions(GLiNER.from_pretrained(str(folder), local_files_only=True))
        assert [row.keys() for row in stored] == [row.keys() for row in live]
        assert max(abs(one[e] - two[e]) for one, two in zip(stored, live, strict=True) for e in one) < 1e-5


def test_the_saved_adapter_is_the_trained_one(architecture: str, kit: TinyKit, tmp_path: Path) -> None:
    """The adapter folder, laid on the same base encoder, gives the merged weights."""
    import torch
    from gliner_audit.runner import lora
    from gliner_audit.runner import model as models
    from peft import PeftModel

    plan = make_plan(kit, tmp_path / "out", lora=spec(architecture), args={"learning_rate": 5e-2})
    assert run(plan).code == 0
    base = models.build(make_plan(kit, tmp_path / "unused"))
    encoder = PeftModel.from_pretrained(lora.holder(base).model, str(tmp_path / "out" / "adapter")).merge_and_unload()
    stored = torch.load(tmp_path / "out" / "pytorch_model.bin", weights_only=True)
    prefix = "token_rep_layer.bert_layer.model."
    ours = {key.removeprefix(prefix): value for key, value in stored.items() if key.startswith(prefix)}
    state = encoder.state_dict()
    assert ours.keys() == state.keys()
    assert all(torch.allclose(ours[key], state[key], atol=1e-6) for key in ours)


def test_what_trains_and_what_does_not(architecture: str, kit: TinyKit, tmp_path: Path) -> None:
    """Adapters, the rows of GLiNER's own tokens and the heads change; the rest of the encoder does not."""
    import torch
    from gliner_audit.runner import lora
    from gliner_audit.runner import model as models

    plan = make_plan(kit, tmp_path / "out", lora=spec(architecture), args={"learning_rate": 5e-2})
    assert run(plan).code == 0
    before, after = models.build(plan), trained(plan)
    rows = lora.added_rows(before)
    old, new = dict(before.model.named_parameters()), dict(after.model.named_parameters())
    changed = {name for name in old if not torch.equal(old[name], new[name])}
    assert any("lora_B" in name for name in changed)
    assert any("trainable_tokens_delta" in name for name in changed)
    assert {name for name in changed if "bert_layer" in name and "lora_" not in name} == {
        name for name in old if "trainable_tokens_delta" in name
    }
    heads = {name for name in old if "token_rep_layer.bert_layer" not in name and old[name].requires_grad}
    assert heads
    assert len(heads & changed) > 0.8 * len(heads)
    merged = torch.load(tmp_path / "out" / "pytorch_model.bin", weights_only=True)
    table = "token_rep_layer.bert_layer.model.embeddings.word_embeddings.weight"
    start = next(
        value for name, value in old.items() if name.endswith("word_embeddings.token_adapter.base_layer.weight")
    )
    moved = (merged[table] != start).any(dim=1).nonzero().flatten().tolist()
    assert moved == rows


def test_resume_with_lora_is_exact(architecture: str, kit: TinyKit, tmp_path: Path) -> None:
    plan = make_plan(kit, tmp_path / "out", lora=spec(architecture), args={"save_steps": 5})
    whole = run(plan)
    assert whole.code == 0, whole.text
    kept = tmp_path / "kept"
    shutil.copytree(whole.output, kept)
    for name in ("checkpoint-12", "checkpoint-10"):
        shutil.rmtree(whole.output / name)
    resumed = run(plan, resume=True)
    assert resumed.receipt["from_step"] == 5, resumed.text
    assert same_tensors(whole.output / "pytorch_model.bin", kept / "pytorch_model.bin")


@pytest.mark.parametrize(
    ("lora", "words"),
    [
        ({"r": 4, "target_modules": ["q_proj", "v_proj"]}, "'q_proj', 'v_proj' names no layer"),
        ({"r": 4, "target_modules": ["query_proj", "value"]}, "'value' names no layer"),
        ({"r": 4, "target_modules": ["query_proj"], "rank": 8}, "rank"),
        ({"r": 0, "target_modules": ["query_proj"]}, "`r` should be a positive integer"),
    ],
)
def test_a_lora_that_would_train_less_than_it_says_is_refused(
    lora: dict[str, Any], words: str, deberta: TinyKit, tmp_path: Path
) -> None:
    result = run(make_plan(deberta, tmp_path / "out", lora=lora))
    assert result.code == 1
    assert words in result.text
    assert "Traceback" not in result.text


def test_a_frozen_encoder_and_lora_exclude_each_other(deberta: TinyKit, tmp_path: Path) -> None:
    result = run(make_plan(deberta, tmp_path / "out", lora=spec("deberta"), freeze=("text_encoder",)))
    assert result.code == 1
    assert "freeze: text_encoder and LoRA" in result.text
