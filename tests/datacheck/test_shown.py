"""The data check as people see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gliner_audit.report.datacheck import data_check
from gliner_audit.runner.datacheck import Settings, check

SHOWN = """\
train t.jsonl: 5 examples, 5 entities, 2 labels, 1 without entities, longest 4 words; \
training loses or mislabels 2 entities (40.00%)
  1 example: no ner; the collator raises. Give the entities as ner; none is []  [no-entities-field]
    t.jsonl:5
  1 entity: the end is the number of words: exclusive ends?; trained as a negative. Write inclusive ends  [end-one-past]
    t.jsonl:3  [3, 4, place] of 4 words
  1 entity: wider than max_width words; trained as a negative. Raise max_width, or mark a shorter span  [too-wide]
    t.jsonl:2  [0, 3, place]: 4 words, max_width is 3
eval e.jsonl: 1 example, 2 entities, 2 labels, 0 without entities, longest 4 words; nothing lost
  leakage: 1 example of eval have the words of an example of train
    e.jsonl:1  the words of t.jsonl:1
  50% of the eval entities have the words and label of an entity of train
  labels only in eval: verb
  rare labels (fewer than 5 entities): person (2), place (3)
  not checked: texts that the tokenizer cuts (it counts pieces of words, and no tokenizer is loaded yet)
  not checked: near duplicates (only texts with exactly the same words are compared)
"""


def test_the_whole_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [
        {"tokenized_text": ["Ada", "went", "to", "Paris"], "ner": [[0, 0, "person"], [3, 3, "place"]]},
        {"tokenized_text": ["Ada", "went", "to", "Oslo"], "ner": [[0, 3, "place"]]},
        {"tokenized_text": ["Ada", "went", "to", "Rome"], "ner": [[0, 0, "person"], [3, 4, "place"]]},
        {"tokenized_text": ["Nobody", "went"], "ner": []},
        {"tokenized_text": ["Nobody"]},
    ]
    held_out = [{"tokenized_text": ["Ada", "went", "to", "Paris"], "ner": [[0, 0, "person"], [1, 1, "verb"]]}]
    for name, content in (("t.jsonl", rows), ("e.jsonl", held_out)):
        Path(name).write_text("".join(json.dumps(one) + "\n" for one in content), encoding="utf-8")
    report = check("t.jsonl", "e.jsonl", Settings(max_width=3))
    assert data_check(json.loads(json.dumps(report.to_json()))) == SHOWN
