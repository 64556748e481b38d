"""One entry point as code rules see it: the flow of its keys, the surfaces in force, the trainer class that runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...audit.trace.project import LIBRARIES
from ...audit.trace.verdicts import strong_uses
from ...schemas import catalog

if TYPE_CHECKING:
    from ...audit.trace.flow import EntryFlow, Forward, KeyFlow
    from ...schemas.surface import Parameter, Surface

ENVIRONMENT = "os.environ"
_COMMAND_LINES = ("argparse", "typer", "click", "fire", "tyro", "jsonargparse", "signature")


class Audited:
    """The flow of one entry point and what the rules ask beside it.

    `versions` maps a distribution to the version in force; `texts` a file of the project to its text; `configs` the
    config files that were checked with the script, by name, to the keys that they set; `beside` are other entries of
    the project that read the
    same config and train nothing.
    """

    def __init__(
        self,
        entry: EntryFlow,
        versions: Mapping[str, str],
        texts: Mapping[str, str],
        configs: Mapping[str, frozenset[str]] | None = None,
        beside: Sequence[EntryFlow] = (),
    ) -> None:
        self.entry = entry
        self.versions = versions
        self.texts = texts
        self.configs = configs or {}
        self.beside = beside

    def user_keys(self) -> Iterator[KeyFlow]:
        """The keys that a user can set: constants of the code are none of them."""
        return (key for key in self.entry.keys if key.kind != "constant")

    def said(self, verdict: str) -> Iterator[KeyFlow]:
        """The keys of which the tracer says this verdict."""
        return (key for key in self.user_keys() if verdict in key.verdicts)

    def surface(self, name: str) -> Surface | None:
        """A surface at the version in force, or None."""
        version = self.versions.get(name.partition(".")[0])
        return catalog.surface(name, version, self.versions) if version else None

    def parameter(self, forward: Forward) -> Parameter | None:
        """What the surface that a key reaches says of the parameter."""
        surface = self.surface(forward.sink)
        return surface.parameters.get(forward.param) if surface is not None else None

    def uncertain(self, key: KeyFlow) -> bool:
        """Whether nothing can be denied of the key: a trail was lost, or a construct outside the model was met."""
        return bool(self.entry.gated or self.entry.exhausted or key.lost)

    def own_texts(self) -> Iterator[str]:
        """The texts of the project's own files: a library package in the tree is none of them."""
        return (text for file, text in self.texts.items() if LIBRARIES.isdisjoint(file.split("/")[:-1]))

    def text(self, file: str) -> str | None:
        """The text of a file of the project."""
        return self.texts.get(file)


def checked(key: KeyFlow) -> bool:
    """Whether the code itself validates the key, beyond the type that a command line gives to every option."""
    return any(check.kind != "type" or check.by not in _COMMAND_LINES for check in key.validated)


def idle(key: KeyFlow) -> bool:
    """Whether nothing but validation and logging uses the key."""
    return not key.forwarded and not strong_uses(key)


def accepted(key: KeyFlow) -> list[Any]:
    """The values that every enum of the validator holds, in the order of the first; null is none of them."""
    enums = [c.values for c in key.validated if c.kind == "enum" and c.values and c.rejects != "warns"]
    return [v for v in enums[0] if v is not None and all(v in other for other in enums[1:])] if enums else []
