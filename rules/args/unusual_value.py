"""A value that trains, and that experience would choose otherwise.

Ranges of published LoRA and Trainer guides: ranks of 4 to 128 with a gain of 1 to 2, a dropout up to 0.1, an effective
batch of 16 to 64, learning rates by kind of training, a warm-up of at most a tenth of the run. Taste and experience,
no code refuses them; shown with `--fail-on advice` or `--select unusual-value`.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...audit.config import Config, Setting
from ...audit.dialects.base import ARGS as ARGS_ROLE
from ...audit.dialects.base import LOFTQ
from ...audit.dialects.base import LORA as LORA_ROLE
from ..finding import ADVICE
from ..rule import Example, Report, Rule, show
from ._example import number, said

LORA_TEXT = "lora:\n  r: 16\n  lora_alpha: 32\n"
# Optimisers whose weight decay is not AdamW's, and those that save memory which LoRA does not use.
OTHER_DECAY = ("sgd", "adafactor", "rmsprop", "lomo", "adagrad")
SAVES_MEMORY = ("paged_", "adamw_8bit", "adamw_bnb_8bit")


class Advice(NamedTuple):
    """Looks at `parameter` when the file sets it to a number (or a text): why it is unusual (None: it is not) and what
    is usual."""

    role: str
    parameter: str
    why: Callable[[Config, float], str | None]
    usual: str


def _is_lora(config: Config) -> bool:
    return config.get("r", LORA_ROLE) is not None or config.get("lora_alpha", LORA_ROLE) is not None


def _rank(config: Config, rank: float) -> str | None:
    if rank >= 64 and not config.value("use_rslora", LORA_ROLE):
        return "updates are scaled by alpha / r, and a high rank learns slowly without `use_rslora`"
    return "few adapters gain from a rank outside 4 to 128" if not 4 <= rank <= 128 and rank > 0 else None


def _gain(config: Config, alpha: float) -> str | None:
    rank = number(config.value("r", LORA_ROLE))
    if rank is None or rank <= 0 or alpha <= 0 or config.value("use_rslora", LORA_ROLE):
        return None
    return None if 1 <= alpha / rank <= 2 else f"with r {show(rank)} the gain is {alpha / rank:g}"


def _batch(config: Config, _: float) -> str | None:
    size = config.plan.derived.effective_batch_size
    if size is None or 16 <= size <= 64:
        return None
    return f"the effective batch is {size} on one device: " + ("noisy updates" if size < 16 else "few updates")


def _rate(config: Config, rate: float) -> str | None:
    if _is_lora(config):
        return None if 5e-5 <= rate <= 8e-4 else "LoRA usually trains between 5e-5 and 8e-4"
    return "that is high for a whole model, which usually trains near 2e-5" if rate >= 1e-4 else None


def _unclipped(config: Config, clip: float) -> str | None:
    rate = number(config.plan.value("learning_rate"))
    high = rate is not None and rate >= 1e-4
    return f"nothing clips, and the learning rate {show(rate)} is high" if clip == 0 and high else None


def _decay(config: Config, decay: float) -> str | None:
    if str(config.plan.value("optim")).startswith(OTHER_DECAY) and decay:
        return f"`{config.plan.value('optim')}` does not decay as AdamW does"
    rate = number(config.plan.value("learning_rate"))
    if _is_lora(config) and decay >= 0.1 and rate is not None and rate <= 5e-5:
        return f"with the learning rate {show(rate)} it holds the adapters near zero"
    return "that much decay rarely helps" if decay > 0.1 else None


def _warmup(config: Config, steps: float) -> str | None:
    total, warm = config.plan.derived.total_steps, config.plan.derived.warmup_steps
    rate = number(config.plan.value("learning_rate"))
    if steps == 0 and rate is not None and rate >= 1e-4 and not config.plan.value("warmup_ratio"):
        return f"no warm-up, and the learning rate {show(rate)} is high"
    if total is None or warm is None or warm >= total:
        return None
    if steps >= 1 and warm > total / 10:
        return f"the warm-up takes {warm} of {total} steps"
    return f"that share of {total} steps is {warm}, too short to matter" if 0 < steps < 1 and warm < 10 else None


def _logging(config: Config, every: float) -> str | None:
    warm = config.plan.derived.warmup_steps
    if warm and every > warm and config.plan.says("warmup_steps") and config.plan.value("logging_strategy") == "steps":
        return f"the warm-up of {warm} steps is over before the first log line"
    return None


def _alpha(config: Config, alpha: float) -> str | None:
    gamma = config.plan.value("focal_loss_gamma")
    return "alpha only re-weights: with gamma 0 nothing is focused" if 0 <= alpha <= 1 and gamma == 0 else None


def _above(limit: float, why: str) -> Callable[[Config, float], str | None]:
    return lambda _, value: why if value > limit else None


ROWS = (
    Advice(LORA_ROLE, "r", _rank, "8 to 64; 16 is a usual first try"),
    Advice(LORA_ROLE, "lora_alpha", _gain, "r or twice r"),
    Advice(LORA_ROLE, "lora_dropout", _above(0.1, "adapters under-fit with so much dropout"), "0 to 0.1"),
    Advice(LOFTQ, "loftq_iter", _above(5, "each round costs time and gains little"), "1 to 5"),
    Advice(ARGS_ROLE, "gradient_accumulation_steps", _batch, "a product of batch and accumulation of 16 to 64"),
    Advice(ARGS_ROLE, "learning_rate", _rate, "2e-4 for LoRA, 2e-5 for a whole model"),
    Advice(ARGS_ROLE, "max_grad_norm", _unclipped, "about 1"),
    Advice(ARGS_ROLE, "weight_decay", _decay, "0.01"),
    Advice(ARGS_ROLE, "warmup_steps", _warmup, "3 to 10 % of the run"),
    Advice(ARGS_ROLE, "logging_steps", _logging, "less than the warm-up"),
    Advice(ARGS_ROLE, "focal_loss_alpha", _alpha, "a focal_loss_gamma near 2 beside it"),
)


def check(config: Config) -> Iterator[Report]:
    for row in ROWS:
        setting = config.get(row.parameter, row.role)
        value = None if setting is None else number(setting.value)
        if setting is None or value is None:
            continue
        why = row.why(config, value)
        if why is not None:
            yield _report(setting, why, row.usual)
    optim = config.get("optim")
    if optim is not None and _is_lora(config) and str(optim.value).startswith(SAVES_MEMORY):
        yield _report(optim, "LoRA's optimiser state is small: there is little memory to save", "adamw_torch_fused")


def _report(setting: Setting, why: str, usual: str) -> Report:
    return Report(
        setting.path,
        f"{said(setting)} is unusual: {why}",
        effect="training runs; this is experience, not a fault",
        help=f"usual: {usual}",
    )


_BASE = "num_train_epochs: 3\nper_device_train_batch_size: 16\n"
RULE = Rule(
    "GA601",
    "unusual-value",
    ADVICE,
    (*(f"{row.role}.{row.parameter}" for row in ROWS), "args.optim"),
    check,
    bad=(
        Example(_BASE + "lora:\n  r: 16\n  lora_alpha: 128\n  lora_dropout: 0.5\n",
                ("lora.lora_alpha", "lora.lora_dropout"), advice=True),
        Example(_BASE + "learning_rate: 0.001\nweight_decay: 0.5\n", ("learning_rate", "weight_decay"), advice=True),
        Example("logging_steps: 10\nmax_steps: 200\nwarmup_steps: 50\nsave_total_limit: 2\n", ("warmup_steps",),
                advice=True),
    ),
    good=(
        Example(_BASE + "learning_rate: 2.0e-5\nweight_decay: 0.01\nwarmup_steps: 0.05\n", advice=True),
        Example(_BASE + "learning_rate: 2.0e-4\n" + LORA_TEXT, advice=True),
    ),
    doc=__doc__,
)  # fmt: skip
