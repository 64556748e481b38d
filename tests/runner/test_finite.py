"""A loss on a GPU is looked at late and without waiting, but before anything is kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from gliner_audit.runner.finite import Bad, LossWatch, has_finite_weights

NAN = float("nan")


class Mark:
    """A CUDA event; `reached` says whether the device has come to it."""

    def __init__(self, world: Any) -> None:
        self.world, self.number = world, len(world.marks)
        world.marks.append(self)

    def query(self) -> bool:
        return self.number < self.world.reached

    def synchronize(self) -> None:
        self.world.waits += not self.query()
        self.world.reached = max(self.world.reached, self.number + 1)


def late(monkeypatch: Any) -> tuple[LossWatch, Any]:
    import torch

    world = SimpleNamespace(marks=[], reached=0, waits=0)
    watch = LossWatch()
    monkeypatch.setattr(watch, "_mark", lambda: Mark(world), raising=False)
    monkeypatch.setattr(watch, "_pinned", lambda dtype: torch.zeros(64, dtype=dtype), raising=False)
    return watch, world


def on_gpu(value: float) -> Any:
    import torch

    return SimpleNamespace(device=SimpleNamespace(type="cuda"), dtype=torch.float32, detach=lambda: torch.tensor(value))


def test_a_loss_is_seen_once_it_has_arrived(monkeypatch: Any) -> None:
    watch, world = late(monkeypatch)
    assert watch.see(on_gpu(1.0), 1) is None
    assert watch.see(on_gpu(NAN), 2) is None, "it is still on its way"
    world.reached = 2
    bad = watch.see(on_gpu(NAN), 3)
    assert bad is not None
    assert bad.step == 2
    assert world.waits == 0


def test_settling_waits_for_all(monkeypatch: Any) -> None:
    watch, world = late(monkeypatch)
    for step in range(1, 6):
        watch.see(on_gpu(1.0 if step < 4 else float("inf")), step)
    assert watch.bad is None
    assert watch.settle() == Bad(4, float("inf"))
    assert world.waits == 5


def test_a_device_far_behind_costs_no_slot(monkeypatch: Any) -> None:
    """More steps under way than there are slots: the oldest is waited for, none is written over."""
    watch, world = late(monkeypatch)
    for step in range(1, 131):
        watch.see(on_gpu(NAN if step == 70 else 1.0), step)
    assert world.waits == 130 - 64
    bad = watch.settle()
    assert bad is not None
    assert bad.step == 70


def test_on_the_cpu_it_is_seen_at_once() -> None:
    import torch

    watch = LossWatch()
    assert watch.see(torch.tensor(2.0), 1) is None
    assert watch.see(torch.tensor(float("-inf")), 2) == Bad(2, float("-inf"))
    assert watch.see(torch.tensor(1.0), 3) == Bad(2, float("-inf")), "the first one counts"


def test_one_weight_in_many_is_found() -> None:
    import torch

    model = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.Linear(4, 4))
    assert has_finite_weights(model)
    with torch.no_grad():
        model[1].weight[2, 3] = float("nan")
    assert not has_finite_weights(model)
    model[1].requires_grad_(False)
    assert has_finite_weights(model), "what does not train is not looked at"
