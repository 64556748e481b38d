"""The plan: the one resolver of precedence and derived values. Rules, `plan`, `diff`, the runner and the receipt ask
it."""

from .resolve import Plan, Resolved, resolve

__all__ = ["Plan", "Resolved", "resolve"]
