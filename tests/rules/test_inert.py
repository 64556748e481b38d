"""The inert-argument rule wakes for every argument that the readers call inert at a version of the catalog."""

from __future__ import annotations

from gliner_audit.rules.args.inert_argument import INERT_SOMEWHERE, TRAINERS
from gliner_audit.schemas import catalog, readers

SURFACES = {"gliner": "gliner.training.TrainingArguments", "trainer": "transformers.TrainingArguments"}


def test_every_inert_argument_is_listed() -> None:
    found: set[str] = set()
    for gliner in catalog.versions("gliner"):
        versions = dict(catalog.companions("gliner", gliner))
        for dialect, name in SURFACES.items():
            surface = catalog.surface(name, versions[name.split(".")[0]], versions)
            assert surface is not None
            for parameter in surface.parameters:
                use = readers.use(name, parameter, versions, TRAINERS[dialect], reporters=())
                if use is not None and use.verdict == "inert":
                    found.add(parameter)
    assert found == set(INERT_SOMEWHERE)
