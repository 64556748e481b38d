"""A key that this version of the library does not have: renamed, removed, or not there yet.

TrainingArguments and LoraConfig refuse such a key with a TypeError, HfArgumentParser with a ValueError. The versions
are those that the lint is against; the first and last version that has the key come from the bundled catalog. GLiNER's
config classes refuse nothing. Where the version in use lies between two of the catalog, a key of the next one may be
there already.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import MODEL
from ...audit.project.versions import BEFORE, BETWEEN
from ..finding import ERROR, WARNING
from ..rule import Example, Mend, Report, Rule, show
from ._names import past, place, shipped


def check(config: Config) -> Iterator[Report]:
    for unknown in config.unknown:
        known = past(config, unknown)
        if known is None or shipped(config, unknown):
            continue
        surface, history = known
        kept = surface == config.dialect.surfaces.get(MODEL)
        early = history.until is None and history.renamed_to is None and config.gap(unknown.path) == BETWEEN
        key = str(unknown.path[-1])
        version = config.surfaces.versions.get(surface.split(".", 1)[0], "")
        value = show(config.settings_value(unknown.path))
        renamed = history.renamed_to
        taken = renamed is not None and (*unknown.path[:-1], renamed) in config.paths
        if renamed is not None:
            what = f"renamed to `{renamed}`"
            help = f"remove it: `{renamed}` is set too" if taken else f"write `{renamed}: {value}`"
        elif history.until is not None:
            what = f"last seen in {history.until}"
            help = history.note or "remove it"
        else:
            what = f"there since {history.since}"
            help = f"remove it, or use {surface.split('.', 1)[0]} {history.since} or newer"
        mends: tuple[Mend, ...] = ()
        if renamed is not None and not taken:
            sure = config.gap(unknown.path) != BEFORE  # an older version may know the old name alone
            mends = (Mend(f"rename to `{renamed}`", "key", unknown.path, renamed, sure),)
        yield Report(
            unknown.path,
            f"`{key}: {value}`{place(config, unknown)} is no parameter of {surface} {version}: {what}",
            effect="GLiNER's config keeps it as an attribute that nothing reads"
            if kept
            else f"constructing it stops with \"unexpected keyword argument '{key}'\"",
            help=help,
            on="key",
            severity=WARNING if kept or early else None,
            mends=mends,
        )


RULE = Rule(
    "GA102",
    "key-not-in-version",
    ERROR,
    ("unknown",),
    check,
    bad=(
        Example("num_train_epochs: 3\nlogging_steps: 10\nevaluation_strategy: 'no'\n", ("evaluation_strategy",)),
        Example("num_train_epochs: 3\nlogging_steps: 10\noverwrite_output_dir: true\n", ("overwrite_output_dir",)),
    ),
    good=(
        Example("num_train_epochs: 3\nlogging_steps: 10\neval_strategy: 'no'\n"),
        Example(
            "num_train_epochs: 3\nlogging_steps: 10\noverwrite_output_dir: true\n", versions={"transformers": "4.57.6"}
        ),
    ),
    doc=__doc__,
)
