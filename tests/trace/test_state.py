"""The heap in layers: what one way writes, the other does not see, and a join looks at both."""

from gliner_audit.audit.trace.heap import Obj
from gliner_audit.audit.trace.state import State, join_states
from gliner_audit.audit.trace.values import Key, Node, from_key, literal


def record(state: State, oid: int, **fields: int) -> None:
    obj = Obj("dict")
    obj.fields = {name: literal(value) for name, value in fields.items()}
    state.put(oid, obj)


def values(state: State, oid: object, name: str) -> set[object]:
    held = state.get(oid).fields.get(name)
    return {x.value for x in held.literals} if held is not None else set()


def test_a_write_after_a_fork_stays_on_its_way() -> None:
    first = State()
    record(first, 1, a=1)
    second = first.fork()
    second.edit(1).fields["a"] = literal(2)
    first.edit(1).fields["b"] = literal(3)
    assert (values(first, 1, "a"), values(second, 1, "a"), values(second, 1, "b")) == ({1}, {2}, set())


def test_a_join_holds_what_either_way_wrote() -> None:
    before = State()
    record(before, 1, a=1)
    record(before, 2, kept=5)
    one, other = before.fork(), before.fork()
    one.edit(1).fields["a"] = literal(2)
    record(other, 3, new=7)
    joined = join_states(one, other)
    assert joined is not None
    assert values(joined, 1, "a") == {1, 2}
    assert (values(joined, 2, "kept"), values(joined, 3, "new")) == ({5}, {7})


def test_what_is_written_to_a_joined_state_does_not_come_back_to_the_ways_that_met() -> None:
    before = State()
    record(before, 1, a=1)
    after = before.fork()
    record(after, 2, x=1)
    joined = join_states(before, after)
    assert joined is not None
    after.edit(2).fields["x"] = literal(9)
    joined.edit(2).fields["y"] = literal(8)
    assert (values(joined, 2, "x"), values(after, 2, "y")) == ({1}, set())


def test_many_writes_leave_few_layers() -> None:
    state = State()
    for number in range(500):
        record(state, number, n=number)
        state = state.fork()
    assert len(state.layers) <= 10
    assert all(values(state, number, "n") == {number} for number in range(500))


def test_a_config_subtree_that_one_way_wrote_to_keeps_its_key_on_the_other() -> None:
    tree = Node("config", 1, 0, ())
    before = State()
    one, other = before.fork(), before.fork()
    one.edit(tree).fields["lr"] = literal(0.1)
    joined = join_states(one, other, "flag")
    assert joined is not None
    held = joined.get(tree).fields["lr"]
    assert Key("config", ("lr",)) in held.origins
    assert {x.value for x in held.literals} == {0.1}
    assert other.get(tree).field("lr") is not None
    assert from_key(tree.key).origins


def test_what_was_dropped_does_not_come_back_by_a_join() -> None:
    before = State()
    record(before, 1, a=1)
    one, other = before.fork(), before.fork()
    one.drop(1)
    other.drop(1)
    joined = join_states(one, other)
    assert joined is not None
    assert joined.peek(1) is None
