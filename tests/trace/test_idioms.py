"""Each idiom: the label is what execution shows, and the tracer says what the label says."""

from pathlib import Path

import pytest
import trace_corpus_code
import trace_corpus_files
from gliner_audit.audit.trace import trace
from gliner_audit.audit.trace.flow import KeyFlow
from trace_harness import Snippet, executed_edges, leaves, write

GROUPS = {**trace_corpus_files.GROUPS, **trace_corpus_code.GROUPS}
ALL = [pytest.param(s, id=f"{group}-{s.name}") for group, snippets in GROUPS.items() for s in snippets]


def traced(folder: Path, snippet: Snippet) -> dict[str, KeyFlow]:
    script = write(folder, snippet, snippet.config)
    configs = {f"config.{snippet.form}": snippet.config} if snippet.config else {}
    flow = trace(str(script), configs=configs, root=str(folder))
    return {k.key: k for e in flow.entries for k in e.keys}


@pytest.mark.parametrize("snippet", ALL)
def test_label_is_what_execution_shows(snippet: Snippet, tmp_path: Path) -> None:
    shown = {key: sinks for key, sinks in executed_edges(tmp_path, snippet).items() if sinks}
    assert shown == {key: set(sinks) for key, sinks in snippet.edges.items()}


@pytest.mark.parametrize("snippet", [p for p in ALL if not p.values[0].lost])
def test_tracer_finds_the_edges(snippet: Snippet, tmp_path: Path) -> None:
    found = traced(tmp_path, snippet)
    known = {*(".".join(path) for path, _ in leaves(snippet.config)), *snippet.cli}
    edges = {
        name: {f"{f.sink}.{f.param}" for f in key.forwarded if not f.through and f.param != "*"}
        for name, key in found.items()
        if name in known
    }
    assert {k: v for k, v in edges.items() if v} == {k: set(v) for k, v in snippet.edges.items()}


@pytest.mark.parametrize("snippet", [p for p in ALL if not p.values[0].lost])
def test_tracer_tells_the_unused_from_the_used(snippet: Snippet, tmp_path: Path) -> None:
    found = traced(tmp_path, snippet)
    states = {name: found[name].state if name in found else "absent" for name in (*snippet.dead, *snippet.used)}
    expected = dict.fromkeys(snippet.dead, ("dead", "checked-only")) | dict.fromkeys(snippet.used, ("used-elsewhere",))
    assert {n: s for n, s in states.items() if s not in expected[n]} == {}


@pytest.mark.parametrize("snippet", [p for p in ALL if p.values[0].lost])
def test_nothing_is_denied_when_the_trail_is_lost(snippet: Snippet, tmp_path: Path) -> None:
    found = traced(tmp_path, snippet)
    for path, _ in leaves(snippet.config):
        assert found[".".join(path)].state in ("unknown", "forwarded", "used-elsewhere")
