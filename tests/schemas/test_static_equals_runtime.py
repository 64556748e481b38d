"""Static extraction equals runtime introspection on every field of the installed libraries.

Names, types, defaults, requiredness, what unknown keywords meet, and (for dataclasses) help texts and listed choices.
The exceptions are listed with their reasons, and each must still be one.
"""

from __future__ import annotations

import importlib.util

import pytest
from gliner_audit.schemas import introspect
from gliner_audit.schemas.extract import PLACES, declared

from .installed import are_newest, library, versions

#: (surface, parameter, what) → why static extraction and introspection differ, and which one is right.
EXCEPTIONS = {
    ("gliner.StreamingSpanConfig", "span_mode", "default"): (
        "kwargs.setdefault in __init__ is invisible to inspect.signature; static is right (an instance has markerV2)"
    ),
    ("gliner.StreamingSpanConfig", "num_rnn_layers", "default"): (
        "kwargs.setdefault in __init__ is invisible to inspect.signature; static is right (an instance has 0)"
    ),
    ("gliner.GLiNER.train_model", "training_args", "type"): (
        "annotated with a class that gliner imports for type checkers only; static follows the import, runtime cannot"
    ),
    ("transformers.TrainingArguments", "parallelism_config", "type"): (
        "a dataclass of accelerate, whose source is not at hand when transformers is extracted"
    ),
    ("gliner.training.TrainingArguments", "parallelism_config", "type"): (
        "a dataclass of accelerate, whose source is not at hand when transformers is extracted"
    ),
}


def static_surfaces():
    installed = versions()
    return {place.name: declared(place, library(place.distribution), installed[place.distribution]) for place in PLACES}


def whole(name, surfaces):
    """Own and inherited parameters."""
    surface = surfaces[name]
    inherited = whole(surface.base, surfaces) if surface.base else {}
    return {**inherited, **surface.parameters}


def differences(place, static, runtime):
    for name, row in static.items():
        other = runtime[name]
        compared = {
            "type": (row.schema, other.schema),
            "default": (repr(row.default), repr(other.default)),
            "required": (row.required, other.required),
        }
        if place.kind == "dataclass":
            compared |= {"help": (row.help, other.help), "choices": (row.choices, other.choices)}
        yield from ((place.name, name, what) for what, (left, right) in compared.items() if left != right)


@pytest.fixture(scope="module")
def compared():
    for name in ("torch", "gliner", "peft", "transformers"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed: introspection needs the extra `train`")
    surfaces = static_surfaces()
    return [(place, whole(place.name, surfaces), surfaces[place.name], introspect.introspect(place.name))
            for place in PLACES if surfaces[place.name] is not None]  # fmt: skip


def test_all_names_agree(compared):
    for place, static, surface, runtime in compared:
        assert (place.name, set(static)) == (place.name, set(runtime.parameters))
        assert (place.name, surface.extra, surface.forwards_to) == (place.name, runtime.extra, runtime.forwards_to)


def test_types_and_defaults_agree_but_for_the_listed_exceptions(compared):
    found = {item for place, static, _, runtime in compared for item in differences(place, static, runtime.parameters)}
    assert found <= set(EXCEPTIONS)
    if are_newest():
        assert found == set(EXCEPTIONS)


def test_the_comparison_is_not_empty(compared):
    fields = sum(len(static) for _, static, _, _ in compared)
    assert fields > (800 if are_newest() else 300)


def test_a_surface_that_the_library_lacks_is_absent_for_both():
    place = PLACES[0]._replace(name="x", definition="NoSuchClass")
    assert declared(place, library("transformers"), "0") is None


def test_static_is_right_about_streaming_span_defaults(compared):
    StreamingSpanConfig = pytest.importorskip("gliner.config").__dict__.get("StreamingSpanConfig")
    if StreamingSpanConfig is None:
        pytest.skip("the installed gliner has no StreamingSpanConfig")
    built = StreamingSpanConfig(decoder_config={"model_type": "gpt2"})
    static = next(rows for place, rows, _, _ in compared if place.name == "gliner.StreamingSpanConfig")
    assert (built.span_mode, built.num_rnn_layers) == (static["span_mode"].default, static["num_rnn_layers"].default)


def test_forced_values_are_what_an_instance_has():
    versions()
    UniEncoderTokenConfig = pytest.importorskip("gliner.config").__dict__.get("UniEncoderTokenConfig")
    if UniEncoderTokenConfig is None:
        pytest.skip("the installed gliner has no UniEncoderTokenConfig")
    surface = static_surfaces()["gliner.config.UniEncoderTokenConfig"]
    assert surface.parameters["span_mode"].forced == UniEncoderTokenConfig(span_mode="markerV0").span_mode
