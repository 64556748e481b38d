"""flow, plan, schema, rules, explain: the commands that look and change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .shared import UsageError, add_against, did_you_mean, pairs, write

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_rules(parser: ArgumentParser) -> None:
    """The arguments of `rules`."""
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")


def rules(options: Namespace) -> int:
    """Every rule on one line."""
    from ..rules.explain import rows

    found = rows()
    if options.format == "json":
        import json

        write(json.dumps([row._asdict() for row in found], indent=2) + "\n", None)
    else:
        wide = max(len(row.name) for row in found)
        write("".join(f"{row.id}  {row.name:<{wide}}  {row.severity:<7}  {row.summary}\n" for row in found), None)
    return 0


def add_explain(parser: ArgumentParser) -> None:
    """The arguments of `explain`."""
    parser.add_argument("name", metavar="RULE-or-KEY", help="a rule's name or id, or the name of a key")
    parser.add_argument("--with", dest="given", action="append", default=[], metavar="PKG==VER")


def explain(options: Namespace) -> int:
    """A rule's page, or what is known of a key."""
    from ..report.explain import key_page
    from ..rules.explain import named, page

    rule = named(options.name)
    text = page(rule) if rule is not None else key_page(options.name, pairs(options.given))
    if text is None:
        raise UsageError(f"neither a rule nor a key: {options.name!r}{did_you_mean(options.name)}")
    write(text, None)
    return 0


def add_schema(parser: ArgumentParser) -> None:
    """The arguments of `schema`."""
    parser.add_argument("surface", nargs="?", help="a surface such as peft.LoraConfig, or a dialect; none lists all")
    parser.add_argument("--with", dest="given", action="append", default=[], metavar="PKG==VER")
    parser.add_argument("--draft-07", action="store_true", help="for editors that know no newer draft")
    parser.add_argument("--output", metavar="FILE")


def schema(options: Namespace) -> int:
    """The JSON Schema of a surface or dialect, or their names."""
    from ..report.schema import listing, schema_text

    given = pairs(options.given)
    text = listing(given) if options.surface is None else schema_text(options.surface, given, options.draft_07)
    if text is None:
        raise UsageError(f"no surface or dialect {options.surface!r}; `gliner-audit schema` lists them")
    write(text, options.output)
    return 0


def add_plan(parser: ArgumentParser) -> None:
    """The arguments of `plan`."""
    parser.add_argument("config_path", metavar="CFG")
    add_against(parser)
    parser.add_argument("--examples", type=int, metavar="N", help="training examples, for steps per epoch")
    parser.add_argument("--world-size", type=int, default=1, metavar="N", help="processes that train")
    parser.add_argument("--all", action="store_true", help="defaults too, not only what the file decides")
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")
    parser.add_argument("--output", metavar="FILE")


def plan(options: Namespace) -> int:
    """What a run of a config will hold, and what follows."""
    from ..report.plan import json_text, table
    from ..rules.check import NotAConfig, plan_of

    try:
        plan = plan_of(
            options.config_path,
            given=pairs(options.given),
            dialect=options.dialect,
            settings_file=options.config,
            examples=options.examples,
            world_size=options.world_size,
        )
    except NotAConfig as error:
        raise UsageError(str(error)) from None
    write(json_text(plan) if options.format == "json" else table(plan, every=options.all), options.output)
    return 0


def add_flow(parser: ArgumentParser) -> None:
    """The arguments of `flow`."""
    parser.add_argument("script", metavar="SCRIPT[:FUNC]", help="training code, and the function to start from")
    parser.add_argument("key", nargs="?", metavar="KEY", help="only this key, in full")
    parser.add_argument("--config", dest="configs", action="append", default=[], metavar="CFG", help="a config of it")
    parser.add_argument("--with", dest="given", action="append", default=[], metavar="PKG==VER")
    parser.add_argument("--format", choices=("terminal", "json", "svg"), default="terminal")
    parser.add_argument("--output", metavar="FILE")


def flow(options: Namespace) -> int:
    """The passport of every key of a script."""
    from ..report.flow import json_text, passport, table
    from ..rules.flow_of import NoSuchKey, NotTraced, flow_of

    path, _, entry = options.script.rpartition(":") if ":" in options.script else (options.script, "", "")
    try:
        flow, against = flow_of(path, entry or None, options.configs, options.key, pairs(options.given))
    except (NotTraced, NoSuchKey) as error:
        raise UsageError(str(error)) from None
    if options.format == "json":
        text = json_text(flow, against, options.key)
    elif options.format == "svg":
        from ..report.picture import svg

        text = svg(flow, options.key)
    else:
        text = passport(flow, options.key) if options.key else table(flow, against)
    write(text, options.output)
    return 0


def add_diff(parser: ArgumentParser) -> None:
    """The arguments of `diff`."""
    parser.add_argument("a", metavar="A", help="a config, or REV:path as git has it")
    parser.add_argument("b", nargs="?", metavar="B", help="the other one; default: A itself, for two versions")
    add_against(parser)
    parser.add_argument("--to", dest="to", action="append", default=[], metavar="PKG==VER", help="versions of B")
    parser.add_argument("--examples", type=int, metavar="N", help="training examples, for steps per epoch")
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")
    parser.add_argument("--output", metavar="FILE")


def diff(options: Namespace) -> int:
    """What changes in the effective plan and in the findings; exit 1 when anything does."""
    from ..report.compare import json_text, text
    from ..rules.check import NotAConfig
    from ..rules.revisions import compare, side

    first, second = pairs(options.given), pairs(options.to) or pairs(options.given)
    if options.b is None and not options.to:
        raise UsageError("diff takes two configs, or one and --to PKG==VER")
    more = {"dialect": options.dialect, "settings_file": options.config, "examples": options.examples}
    try:
        found = compare(side(options.a, given=first, **more), side(options.b or options.a, given=second, **more))
    except NotAConfig as error:
        raise UsageError(str(error)) from None
    write(json_text(found) if options.format == "json" else text(found), options.output)
    return 1 if found.changes or found.gone or found.new else 0
