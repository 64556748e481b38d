"""What a dialect is: a known config shape, and how its keys map to the parameters of surfaces."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

# Roles: which part of a run a parameter belongs to. Rules speak of (role, parameter), never of a section's name.
ARGS, MODEL, CALL, LORA, LOFTQ, DATA, ENV, META = "args", "model", "call", "lora", "loftq", "data", "env", "meta"


class Target(NamedTuple):
    """One parameter that a key sets: `role` is one of the roles above."""

    role: str
    parameter: str


class Section(NamedTuple):
    """A mapping of the file and the roles that its keys are looked up in, first hit wins."""

    path: tuple[str, ...]
    roles: tuple[str, ...]


class Dialect(Protocol):
    """A known config shape."""

    @property
    def name(self) -> str:
        """The dialect's name in every output."""
        ...

    @property
    def surfaces(self) -> Mapping[str, str]:
        """The surface that takes the parameters of a role."""
        ...

    @property
    def layer(self) -> str:
        """The surface assumed to receive the training arguments when no trainer is known."""
        ...

    def recognise(self, data: Mapping[Any, Any]) -> bool:
        """Say whether a document of this shape is one of this dialect."""
        ...

    def sections(self, data: Mapping[Any, Any]) -> tuple[Section, ...]:
        """The mappings that hold keys, outermost first."""
        ...

    def aliases(self, role: str) -> Mapping[str, tuple[str, ...]]:
        """The dialect's own key names of a role, and the parameters that each stands for."""
        ...

    def moves(self, section: str) -> Mapping[str, Target]:
        """The keys that a section holds for other roles (environment.report_to); "" is the top level."""
        ...
