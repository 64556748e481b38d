"""Follow every key of a config through training code, from where it comes in to the library parameter that it reaches.

An abstract interpreter over Python's own `ast`. Nothing of the audited project or of the libraries is imported or run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .flow import ScriptFlow


def trace(
    script: str,
    *,
    entry: str | None = None,
    versions: Mapping[str, str] | None = None,
    configs: Mapping[str, object] | None = None,
    root: str | None = None,
    steps: int = 40_000,
) -> ScriptFlow:
    """The flow of every key of a script (.py or .ipynb), one list for each entry point.

    `entry` names one function ("train", "Builder.build"); by default commands, console scripts, `__main__`, else the
    functions that reach a sink. `versions` are those of the libraries in force, `configs` the config files whose keys
    count as declared: a mapping or a document for each name. `root` is the folder of the project.
    `steps` bounds what is interpreted (a statement or a call is a step), entry by entry; where it ends is said.
    Raises FileNotFoundError, SyntaxError or ValueError (no notebook, no such entry).
    """
    from .tracer import trace_script

    return trace_script(script, entry, versions, configs, root, steps)


def flow_json(flow: ScriptFlow, against: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The flow as contract gliner-audit/flow/1 says it; `against` maps a library to its `version` and `from`."""
    from .emit import flow_json as emit

    return emit(flow, against)


__all__ = ["flow_json", "trace"]
