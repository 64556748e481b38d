"""Labels by execution: a snippet runs with recording stand-ins for the libraries, once for each probe of each key.

A parameter of a sink is an edge of a key when three values of the key (two for a flag) give as many values there. The
label that a snippet carries must equal what execution shows; the tracer must equal the label.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import sys
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

STUBBED = ("gliner", "transformers", "peft", "torch", "trl", "wandb")


class Snippet(NamedTuple):
    """One idiom. `edges` maps a key to "sink.parameter" names; `dead` are keys that nothing uses.

    `config` is written to config.yaml (config.json, config.toml by `form`); `cli` maps an option to its flag and three
    values; `modules` are further files. `lost` says that giving up is right: then nothing negative may be claimed.
    """

    name: str
    source: str
    edges: Mapping[str, tuple[str, ...]]
    config: Mapping[str, Any] = {}
    cli: Mapping[str, tuple[str, Any, Any, Any]] = {}
    dead: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    modules: Mapping[str, str] = {}
    form: str = "yaml"
    lost: bool = False


def recorder(name: str, calls: list[tuple[str, str, Any]], names: tuple[str, ...] = ()) -> Any:
    """A class whose construction is recorded, parameter by parameter."""

    class Recorded:
        sink = name

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            note(name, calls, names, args, kwargs)
            self.__dict__.update(kwargs)

        def __getattr__(self, attribute: str) -> Any:
            if attribute.startswith("__"):
                raise AttributeError(attribute)
            return lambda *a, **k: self

    Recorded.__name__ = name.rpartition(".")[2]
    return Recorded


def note(sink: str, calls: list[Any], names: tuple[str, ...], args: Any, kwargs: Any) -> None:
    for position, value in enumerate(args):
        calls.append((sink, names[position] if position < len(names) else f"argument {position + 1}", plain(value)))
    for param, value in kwargs.items():
        calls.append((sink, param, plain(value)))


def plain(value: Any) -> str:
    if hasattr(value, "sink"):
        return "<object>"
    return repr(value)


def stubs(calls: list[tuple[str, str, Any]]) -> dict[str, types.ModuleType]:
    """Stand-ins for the libraries; what they are given is appended to `calls`."""
    made = {n: types.ModuleType(n) for n in (
        "gliner", "gliner.training", "transformers", "peft", "torch", "torch.optim", "torch.cuda", "wandb",
    )}  # fmt: skip
    base = recorder("gliner.GLiNER", [])

    class GLiNER(base):  # type: ignore[valid-type, misc]
        sink = "gliner.GLiNER"

        @classmethod
        def from_pretrained(cls, *args: Any, **kwargs: Any) -> Any:
            note("gliner.GLiNER.from_pretrained", calls, ("model_id",), args, kwargs)
            return cls()

        @classmethod
        def from_config(cls, config: Any) -> Any:
            entries = config if isinstance(config, dict) else vars(config)
            note("gliner.GLiNER.from_config", calls, (), (), entries)
            return cls()

        def to(self, *args: Any, **kwargs: Any) -> Any:
            return self

        def train_model(self, *args: Any, **kwargs: Any) -> None:
            note("gliner.GLiNER.train_model", calls, ("train_dataset", "eval_dataset"), args, kwargs)

    made["gliner"].GLiNER = GLiNER  # type: ignore[attr-defined]
    order = ("output_dir",)
    made["gliner.training"].TrainingArguments = recorder("gliner.training.TrainingArguments", calls, order)  # type: ignore[attr-defined]
    made["gliner.training"].Trainer = recorder("gliner.training.Trainer", calls, ("model", "args"))  # type: ignore[attr-defined]
    made["transformers"].TrainingArguments = recorder("transformers.TrainingArguments", calls, order)  # type: ignore[attr-defined]
    made["transformers"].Trainer = recorder("transformers.Trainer", calls, ("model", "args"))  # type: ignore[attr-defined]
    made["peft"].LoraConfig = recorder("peft.LoraConfig", calls)  # type: ignore[attr-defined]
    made["peft"].get_peft_model = lambda model, config: model  # type: ignore[attr-defined]
    made["torch"].manual_seed = lambda seed: None  # type: ignore[attr-defined]
    made["torch"].optim = made["torch.optim"]  # type: ignore[attr-defined]
    made["torch"].cuda = made["torch.cuda"]  # type: ignore[attr-defined]
    made["torch.cuda"].is_available = lambda: False  # type: ignore[attr-defined]
    made["torch.optim"].AdamW = recorder("torch.optim.AdamW", calls, ("params", "lr"))  # type: ignore[attr-defined]
    made["wandb"].init = lambda **kwargs: None  # type: ignore[attr-defined]
    return made


@contextlib.contextmanager
def surroundings(folder: Path, argv: list[str], calls: list[Any], modules: Mapping[str, str]) -> Iterator[None]:
    """The process as the script sees it: stubs, working folder, command line, environment; put back afterwards."""
    saved = dict(sys.modules), list(sys.path), list(sys.argv), os.getcwd(), dict(os.environ)
    sys.modules.update(stubs(calls))
    sys.path.insert(0, str(folder))
    sys.argv = ["script.py", *argv]
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        for name in set(sys.modules) - set(saved[0]):
            if name.partition(".")[0] in (*STUBBED, *(m.partition("/")[0].removesuffix(".py") for m in modules)):
                del sys.modules[name]
        for name in STUBBED:
            for known in [n for n in sys.modules if n.partition(".")[0] == name]:
                sys.modules.pop(known)
        sys.modules.update({k: v for k, v in saved[0].items() if k not in sys.modules})
        sys.path[:], sys.argv[:] = saved[1], saved[2]
        os.chdir(saved[3])
        for name in set(os.environ) - set(saved[4]):
            del os.environ[name]
        os.environ.update(saved[4])


def write(folder: Path, snippet: Snippet, config: Mapping[str, Any]) -> Path:
    """The snippet as files; returns the script."""
    script = folder / "script.py"
    script.write_text(snippet.source)
    for name, text in snippet.modules.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    text = json.dumps(config) if snippet.form == "json" else yaml.safe_dump(dict(config), sort_keys=False)
    (folder / f"config.{snippet.form}").write_text(text)
    return script


def run(folder: Path, snippet: Snippet, config: Mapping[str, Any], argv: list[str]) -> dict[tuple[str, str], str]:
    """Executes the snippet; (sink, parameter) → value of the last call, the environment's changes included."""
    script = write(folder, snippet, config)
    calls: list[tuple[str, str, Any]] = []
    with surroundings(folder, argv, calls, snippet.modules):
        before = dict(os.environ)
        space = {"__name__": "__main__", "__file__": str(script)}
        module = types.ModuleType("__main__")
        module.__dict__.update(space)
        previous = sys.modules["__main__"]
        sys.modules["__main__"] = module
        try:
            exec(compile(snippet.source, str(script), "exec"), module.__dict__)
        except SystemExit as end:
            if end.code not in (0, None):
                raise
        finally:
            sys.modules["__main__"] = previous
        changed = {k: v for k, v in os.environ.items() if before.get(k) != v}
    out = {(s, p): v for s, p, v in calls}
    out.update({("os.environ", k): repr(v) for k, v in changed.items()})
    return out


def leaves(tree: Mapping[str, Any], prefix: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from leaves(value, (*prefix, key))
        else:
            yield (*prefix, key), value


def probes(value: Any) -> list[Any]:
    """Other values of the same kind, none falsy."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 3, value + 8]
    if isinstance(value, float):
        return [value + 0.25, value + 0.5]
    if isinstance(value, list):
        return [["first_probe"], ["second_probe"]]
    return ["first_probe", "second_probe"]


def put(tree: Mapping[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    out: dict[str, Any] = copy.deepcopy(dict(tree))
    inner = out
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return out


def executed_edges(folder: Path, snippet: Snippet) -> dict[str, set[str]]:
    """Key → "sink.parameter" of everything that follows the key's value."""
    argv = [str(x) for flag, first, *_ in snippet.cli.values() for x in (flag, first)]
    baseline = run(folder, snippet, snippet.config, argv)
    out: dict[str, set[str]] = {}
    for path, value in leaves(snippet.config):
        runs = [run(folder, snippet, put(snippet.config, path, p), argv) for p in probes(value)]
        out[".".join(path)] = _following(baseline, runs)
    for name, (flag, first, *others) in snippet.cli.items():
        runs = []
        for other in others:
            changed = [str(x) for n, (f, base, *_) in snippet.cli.items() for x in (f, other if n == name else base)]
            runs.append(run(folder, snippet, snippet.config, changed))
        out[name] = _following(baseline, runs)
        assert flag.startswith("-"), first
    return out


def _following(baseline: Mapping[tuple[str, str], str], runs: list[dict[tuple[str, str], str]]) -> set[str]:
    found = set()
    for sink in {k for r in (baseline, *runs) for k in r}:
        values = [r.get(sink) for r in (baseline, *runs)]
        if len(set(values)) == len(values) and "<object>" not in values and None not in values:
            found.add(".".join(sink))
    return found
