"""From a claim of the report to a question that our output answers with yes or no, before anything is scored."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from gliner_audit.audit.project import versions
from gliner_audit.audit.trace.flow import EntryFlow, Forward, KeyFlow
from gliner_audit.rules.finding import Finding
from gliner_audit.rules.scripts import audit
from gliner_audit.schemas import catalog, readers

LIBRARIES = ("transformers", "gliner", "peft")
ARGUMENTS, HF = "gliner.training.TrainingArguments", "transformers.TrainingArguments"
TRAIN, CREATE = "gliner.GLiNER.train_model", "gliner.GLiNER.create_training_args"


class Output(NamedTuple):
    """What the auditor says of a script: the flow of its entry, its findings, the versions in force."""

    entry: EntryFlow
    findings: tuple[Finding, ...]
    versions: dict[str, str]

    @classmethod
    def of(cls, script: str) -> Output:
        found = {n: f.version for n, f in versions.find(os.path.dirname(script), LIBRARIES).items()}
        done = audit(script, found)
        assert done.flow is not None
        return cls(done.flow.entries[0], done.findings, found)

    def key(self, name: str) -> KeyFlow:
        return self.entry.key(name) or KeyFlow(name, "config")

    def says(self, rule: str, key: str | None = None, line: int | None = None, word: str = "") -> bool:
        return any(
            one.name == rule and key in (None, one.key) and line in (None, one.line) and word in one.message
            for one in self.findings
        )

    def ways(self, key: str, param: str | None = None, sink: str | None = None) -> list[Forward]:
        return [f for f in self.key(key).forwarded if param in (None, f.param) and sink in (None, f.sink)]

    def live(self, parameter: str) -> bool:
        use = readers.use(ARGUMENTS, parameter, self.versions)
        return use is not None and use.verdict == "live"

    def default(self, parameter: str) -> Any:
        surface = catalog.surface(HF, self.versions["transformers"])
        assert surface is not None
        return surface.parameters[parameter].default


Query = Callable[[Output], bool]


def INEXPRESSIBLE(output: Output) -> bool:
    """Stands for a row that no output of ours can express."""
    raise NotImplementedError


NAMES = {"enum-mapped-away": "value-mapped-away"}
RULES = (
    "validated-but-not-forwarded", "dead-field", "falsy-or", "default-mismatch", "validators-disagree",
    "value-mapped-away", "forwarded-but-inert",
)  # fmt: skip
# Rows of one kind each, by a piece of the claim.
SINGLE: dict[str, Query] = {
    "is not a named parameter of create_training_args": lambda o: (
        any(f.accepted != "yes" for f in o.ways("training.label_smoothing", sink=CREATE))
        and bool(o.ways("training.label_smoothing", sink=ARGUMENTS))
    ),
    "could both be active": lambda o: o.live("label_smoothing_factor"),
    "focal loss chain": lambda o: all(
        any(f.through == (TRAIN, CREATE) and o.live(f.param) for f in o.ways(f"training.loss_{part}", sink=ARGUMENTS))
        for part in ("alpha", "gamma", "prob_margin")
    ),
    "loss_reduction is correctly wired": lambda o: not o.says("value-mapped-away", "training.loss_reduction"),
    "Label smoothing wired through": lambda o: (
        o.live("label_smoothing") and bool(o.ways("training.label_smoothing", sink=ARGUMENTS))
    ),
    "will silently drop batch columns": lambda o: o.live("remove_unused_columns"),
    'pass evaluation_strategy="steps"': lambda o: (
        "evaluation_strategy" in (catalog.surface(HF, o.versions["transformers"]) or ())
    ),
    'save_strategy default is "steps"': lambda o: o.default("save_strategy") == "steps",
    "match HF": lambda o: (
        o.default("dataloader_pin_memory") is True and o.default("dataloader_persistent_workers") is False
    ),
    "evaluation never runs": lambda o: o.says("forwarded-but-inert", "data.val_data_dir", word="evaluation"),
    "--resume never reaches": lambda o: o.says("used-elsewhere-only", "resume"),
    "YAML model section flows": lambda o: any(
        f.sink == "gliner.GLiNER.from_config" for f in o.key("model.*").forwarded
    ),
    "YAML data section flows": lambda o: all(k.forwarded for k in o.entry.keys if k.key.startswith("data.")),
    "three dataloader_* fields are forwarded": lambda o: all(
        o.ways(f"training.dataloader_{part}") for part in ("pin_memory", "persistent_workers", "prefetch_factor")
    ),
    "the 12 rows are the complete list": lambda o: (
        sum(1 for one in o.findings if one.name == "validated-but-not-forwarded") == 12
    ),
    "masking is the only default mismatch": lambda o: (
        {one.key for one in o.findings if one.name == "default-mismatch"} == {"training.masking"}
    ),
    "Completely absent from our schema": lambda o: (
        not any(
            o.entry.key(name) for name in ("run.name", "run.seed", "environment.push_to_hub", "environment.hf_token")
        )
    ),
    "validates 10 LoRA fields": lambda o: (
        sum(1 for one in o.findings if one.name == "validators-disagree" and "is unknown to" in one.message) == 3
    ),
    "0 forwarded-but-unvalidated": lambda o: not o.says("forwarded-but-unvalidated"),
}


def query(row: dict[str, Any]) -> Query:
    """The question for a row; INEXPRESSIBLE where our output has no place for an answer."""
    kind, claim, key = row["kind"], row["claim"], row.get("key")
    for piece, ask in SINGLE.items():
        if piece in claim:
            return ask
    if kind in ("forwarded", "forwarded-lora", "extension-field"):
        return _forwarded(row)
    if kind in ("validated-but-not-forwarded", "dead-field"):
        return lambda o: o.says(kind, key, row.get("code_line"))
    if kind == "missing-lora-field":
        return lambda o: o.says("validators-disagree", key, word="is unknown to")
    if kind == "lora-default":
        value = ast.literal_eval(claim.rpartition("default is ")[2])
        return lambda o: any(d.kind == "value" and d.value == value and not d.library for d in o.key(key).defaults)
    if kind == "validators-disagree":
        return lambda o: o.says(kind, key, word="defaults to")
    if kind == "enum-mapped-away":
        return lambda o: o.says("value-mapped-away", key)
    if kind == "default-mismatch":
        return _mismatch(row)
    if kind == "missing-parameter":
        return _missing(row["param"])
    if kind == "missed-by-report":
        wanted = [NAMES.get(name, name) for name in re.findall(r"[a-z]+(?:-[a-z]+)+", claim.rpartition(": ")[2])]
        if wanted and all(name in RULES for name in wanted):
            return lambda o: all(o.says(name, key) for name in wanted)
    return INEXPRESSIBLE


def _forwarded(row: dict[str, Any]) -> Query:
    found = re.search(r"GLiNER extension field (\w+)", row["claim"])
    param = found[1] if found else row.get("param")
    line, first = row.get("code_line"), row["key"]

    def ask(o: Output) -> bool:
        ways = [f for f in o.ways(first, param) if not f.library]
        lines = {f.site.line for f in ways} | {read.site.line for read in o.key(first).reads}
        return bool(ways) and (line is None or line in lines)

    return ask


def _mismatch(row: dict[str, Any]) -> Query:
    if row.get("layer") == "effective":
        return lambda o: o.says("default-mismatch", row["key"])
    return lambda o: {"none", "global"} <= {d.value for d in o.key(row["key"]).defaults if isinstance(d.value, str)}


def _missing(names: str) -> Query:
    def ask(o: Output) -> bool:
        given = {a.param for call in o.entry.calls if not call.library and call.sink == TRAIN for a in call.arguments}
        return bool(given) and not given & set(names.split(" / "))

    return ask
