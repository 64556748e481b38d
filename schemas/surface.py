"""A surface: a class or callable of a library, with the parameters that it takes at one version."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple


class _Missing:
    """The default of a parameter that has none."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


MISSING: Final = _Missing()


class Parameter(NamedTuple):
    """One parameter of a surface.

    `schema` is a JSON Schema 2020-12 fragment of the values that the library takes, its default always included:
    `type`, `enum`, `anyOf`, `items`, `pattern` and the bounds that the code enforces; what the code merely ignores or
    reads as something else is no part of it. `default` is a JSON value, or MISSING when the parameter is required or
    its default is computed. `expression` is the source text of a computed default, or of what a callable hands on in
    place of its argument ("others_lr or learning_rate" for create_training_args.others_lr). `source` is
    "package/file.py:line".

    `choices` are the values that the library knows when it accepts others too (`masking`: an unknown one silently
    means no masking), with `choices_source`; empty where `enum` says it all. `forced` is the value that the class
    sets whatever the caller says (`UniEncoderTokenConfig.span_mode`), else MISSING. `forwarded` says that a callable
    hands the value unchanged to the surface that it forwards to, whose demands then hold too. `enforced_at` says where
    the code refuses what breaks `enum`, `pattern`, `not` or a bound ("package/file.py:line", or the function of torch
    or numpy that does it); empty where the schema is only what the annotation declares.
    """

    name: str
    schema: Mapping[str, Any]
    default: Any = MISSING
    required: bool = False
    expression: str | None = None
    source: str = ""
    help: str = ""
    deprecated: str | None = None
    choices: tuple[Any, ...] = ()
    choices_source: str = ""
    forced: Any = MISSING
    forwarded: bool = False
    enforced_at: str = ""


class Surface(NamedTuple):
    """All parameters of one class or callable at one version.

    `extra` says what an unknown keyword does: "refused" (TypeError), "kept" (taken, and read by nobody) or "forwarded"
    (handed to the surface named `forwards_to`). `base` names the surface that this one inherits from, when that is
    one too: the catalog hands out surfaces whose inherited parameters are merged in, extraction those of its own.
    """

    name: str
    distribution: str
    version: str
    parameters: Mapping[str, Parameter]
    extra: str = "refused"
    forwards_to: str | None = None
    base: str | None = None

    def __contains__(self, name: object) -> bool:
        return name in self.parameters


class History(NamedTuple):
    """What the catalog knows of a parameter over the versions of its surface.

    `since` and `until` are the first and last catalog version that have it (`until` is None while the newest has it;
    for a parameter older than the catalog, `since` is None and `until` the last version that is known to have it);
    `renamed_to` is its successor on the same surface, or None; `note` says what took its place when no single name
    did. The versions are those of `distribution`, which for an inherited parameter is the one that declares it.
    """

    since: str | None
    until: str | None
    renamed_to: str | None
    note: str | None
    distribution: str = ""
    source: str = ""
