"""What is known of a run before it begins, in the receipt's shape."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ...audit.documents.node import dotted
from ...audit.plan import Plan
from ...rules.finding import Outcome
from ...rules.redact import mask
from ...schemas.surface import MISSING
from ..datacheck import Report
from . import surroundings
from .clean import Tree, clean

SCHEMA: Final = "gliner-audit/receipt/1"
_FINDINGS: Final = 50
_LABELS: Final = 100
_UNSEEN: Final = "the run left no observation"


@dataclass(frozen=True, slots=True)
class Facts:
    """The config as it was read, the lint's outcome, the data check's report and the plan, as far as they were made.

    `waived` are lines on what the user let pass: --allow-lossy-data, --force.
    """

    config_file: str
    config_text: str
    lint: Outcome | None = None
    data: Report | None = None
    plan: Plan | None = None
    waived: Sequence[str] = ()

    def tree(self) -> Tree:
        """The part of a receipt that holds from the start, JSON-serialisable and without secrets."""
        folder = os.path.dirname(os.path.abspath(self.config_file))
        git = surroundings.git(folder)
        missing = [] if self.data is None else [{"check": what, "why": why} for what, why in self.data.not_checked]
        if self.data is None:
            missing.append({"check": "data", "why": "the run ended before it"})
        if git is None:
            missing.append({"check": "git", "why": f"{folder} is in no git work tree with a commit, or git is absent"})
        config = {"file": self.config_file, "sha256": self._digest(), "text": mask(self.config_text, self.config_file)}
        tree: Tree = {
            "schema": SCHEMA,
            "tool": {"name": "gliner-audit", "version": surroundings.own_version()},
            "versions": surroundings.versions(),
            "host": clean(surroundings.host()),
            "data": clean(self._data()),
            "lint": clean(self._lint()),
            "plan": clean(self._plan()),
            "keys": clean(self._keys()),
            "invocation": clean(surroundings.invocation()),
            "checks_not_run": clean(missing),
            "waived": clean(list(self.waived)),
            "config": {**clean(config), "text": config["text"]},
        }
        if git is not None:
            tree["git"] = dict(git)
        if self.data is not None:
            tree["counts"] = self.data.counts()
        return tree

    def _digest(self) -> str:
        try:
            return surroundings.digest(self.config_file)[0]
        except OSError:
            return hashlib.sha256(self.config_text.encode("utf-8", "surrogateescape")).hexdigest()

    def _data(self) -> list[Tree]:
        if self.data is None:
            return []
        return [
            {
                **{name: value for name, value in split._asdict().items() if name != "labels"},
                "share": split.share,
                "labels": [list(row) for row in list(split.labels.items())[:_LABELS]],
                "found": {one.reason: one.cases for one in self.data.found if one.split == split.role},
            }
            for split in self.data.splits
        ]

    def _lint(self) -> Tree:
        if self.lint is None:
            return {"run": False}
        rows = [
            {name: getattr(one, name) for name in ("rule", "name", "severity", "key", "line", "message")}
            | {"suppressed": one.suppressed is not None}
            for one in self.lint.findings[:_FINDINGS]
        ]
        return {"run": True, "counts": self.lint.counts, "findings": rows}

    def _plan(self) -> Tree:
        if self.plan is None:
            return {}
        derived: Mapping[str, Any] = self.plan.derived._asdict()
        return {"layer": self.plan.layer, "derived": dict(derived)}

    def _keys(self) -> list[Tree]:
        """The rows of the keys that the user wrote, until the run has seen more."""
        if self.plan is None:
            return []
        rows = []
        for target, setting in self.plan.config.settings.items():
            resolved = self.plan.args.get(target.parameter) if target.role == "args" else None
            planned = setting.value if resolved is None or resolved.value is MISSING else resolved.value
            rows.append(
                {
                    "key": dotted(setting.path),
                    "set": True,
                    "requested": setting.value,
                    "planned": planned,
                    "derived_from": None if resolved is None else resolved.why,
                    "source": self.config_file,
                    "at_sink": None,
                    "consumed_by": [],
                    "verdict": "not observed",
                    "evidence": _UNSEEN,
                }
            )
        return rows
