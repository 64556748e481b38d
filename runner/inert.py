"""Proofs of no effect, from the sources of the installed libraries: "no effect" in a receipt without a run."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from .plan_types import RunPlan
from .planned import LAYER

# The class that GLiNER.from_config builds, by what the config holds (gliner 0.2.29, model.py:6869 _get_gliner_class).
_CLASSES = {
    (False, False, False): ("UniEncoderSpanGLiNER", "UniEncoderTokenGLiNER"),
    (False, False, True): ("BiEncoderSpanGLiNER", "BiEncoderTokenGLiNER"),
    (False, True, False): ("UniEncoderSpanDecoderGLiNER", "UniEncoderTokenDecoderGLiNER"),
    (True, False, False): ("UniEncoderSpanRelexGLiNER", "UniEncoderTokenRelexGLiNER"),
}


def proofs(plan: RunPlan, readers: Any) -> dict[str, str]:
    """Parameters of the plan that nothing in a run of it uses, with the reason; what is unknown is left out."""
    versions = _installed()
    if not versions:
        return {}
    reporters = plan.args.get("report_to", "none")
    named = [reporters] if isinstance(reporters, str) else list(reporters or ())
    found: dict[str, str] = {}
    for name, value in plan.args.items():
        if value is None:
            continue
        use = readers.use(LAYER, name, versions, reporters=[one for one in named if one != "none"])
        if use is not None and use.verdict == "inert":
            found[name] = use.why or "nothing that runs reads it"
    for name in plan.model:
        use = readers.use("gliner.GLiNERConfig", name, versions, model=model_class(plan))
        if use is not None and use.verdict == "inert":
            found[name] = use.why or "nothing that runs reads it"
    return found


def model_class(plan: RunPlan) -> str | None:
    """The GLiNER class of the plan's model; None for one that is continued, whose kind the plan does not say."""
    if plan.prev_path is not None or plan.model.get("model_type") == "gliner_streaming_span":
        return None
    names = ("relations_layer", "labels_decoder", "labels_encoder")
    relation, decoder, encoder = (plan.model.get(name) is not None for name in names)
    pair = _CLASSES[relation, decoder and not relation, encoder and not decoder and not relation]
    return pair[plan.model.get("span_mode") == "token_level"]


def _installed() -> dict[str, str]:
    try:
        return {name: version(name) for name in ("gliner", "transformers")}
    except PackageNotFoundError:
        return {}
