"""A comment that is to silence a finding, and there is none: it hides the next mistake that is made on its line.

Reported for each name in the brackets of `# gliner-audit: ignore[…]` that does nothing where it stands: the rule ran
and found nothing, no rule has that name, or the comment stands where it speaks for no line. A comment speaks for its
own line; on a line of its own, for the next one; when that line opens a block, for the block. `ignore-file[…]` stands
above everything else. A name is never unused when its rule did not run.
"""

from collections.abc import Iterator

from ..audit.config import Config
from .finding import WARNING
from .rule import Example, Report, Rule
from .suppress import ID, NAME


def check(config: Config) -> Iterator[Report]:
    """Nothing: comments are settled by `suppress.apply`, when every rule had its say."""
    yield from ()


RULE = Rule(
    ID,
    NAME,
    WARNING,
    (),
    check,
    bad=(
        Example(
            "model:\n  model_name: microsoft/deberta-v3-base\n  span_mode: markerV0\n"
            "training:\n  lr_encoder: 1.0e-5  # gliner-audit: ignore[text-number] cast by our loader\n",
            ("",),
        ),
        Example(
            "# gliner-audit: ignore[text-nubmer]\nmodel:\n  span_mode: markerV0\n"
            "training:\n  num_steps: 10\n  lr_encoder: 1.0e-5\n",
            ("",),
        ),
    ),
    good=(
        Example(
            "model:\n  model_name: microsoft/deberta-v3-base\n  span_mode: markerV0\n"
            "training:\n  lr_encoder: 1e-5  # gliner-audit: ignore[text-number] cast by our loader\n",
        ),
    ),
    doc=__doc__,
)
