# ruff: noqa: E501 (a table of snippets)
"""Idioms: command lines, typed records, classes and functions as carriers, modules, constants, the environment."""

from trace_corpus_files import LOAD, SMALL, TA
from trace_harness import Snippet

TYPES = "from transformers import TrainingArguments\n"
LR, STEPS = ("--lr", 0.25, 0.5, 0.75), ("--steps", 3, 5, 7)

COMMAND_LINES = [
    Snippet("argparse", TYPES + "import argparse\np = argparse.ArgumentParser()\np.add_argument('--lr', type=float, default=1e-5)\n"
            "p.add_argument('--steps', type=int)\na = p.parse_args()\nTrainingArguments('o', learning_rate=a.lr)\n",
            {"lr": (f"{TA}.learning_rate",)}, cli={"lr": LR, "steps": STEPS}, dead=("steps",)),
    Snippet("argparse_vars", TYPES + "import argparse\np = argparse.ArgumentParser()\ng = p.add_argument_group('g')\n"
            "g.add_argument('--lr', dest='learning_rate', type=float)\na = vars(p.parse_args())\nTrainingArguments('o', **a)\n",
            {"learning_rate": (f"{TA}.learning_rate",)}, cli={"learning_rate": LR}),
    Snippet("argparse_known", TYPES + "import argparse\np = argparse.ArgumentParser()\np.add_argument('--batch-size', type=int)\n"
            "a, rest = p.parse_known_args()\nTrainingArguments('o', per_device_train_batch_size=a.batch_size)\n",
            {"batch_size": (f"{TA}.per_device_train_batch_size",)}, cli={"batch_size": ("--batch-size", 2, 4, 6)}),
    Snippet("argparse_in_function", TYPES + "import argparse\ndef parse():\n    p = argparse.ArgumentParser()\n"
            "    for name in ('lr', 'steps'):\n        p.add_argument(f'--{name}', type=float)\n    return p.parse_args()\n"
            "def main():\n    a = parse()\n    TrainingArguments('o', learning_rate=a.lr, max_steps=a.steps)\n"
            "if __name__ == '__main__':\n    main()\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, cli={"lr": LR, "steps": STEPS}),
    Snippet("typer", TYPES + "import typer\ndef main(lr: float = typer.Option(1e-5), steps: int = typer.Option(3)):\n"
            "    TrainingArguments('o', learning_rate=lr)\nif __name__ == '__main__':\n    typer.run(main)\n",
            {"lr": (f"{TA}.learning_rate",)}, cli={"lr": LR, "steps": STEPS}, dead=("steps",)),
    Snippet("typer_app", TYPES + "import typer\napp = typer.Typer()\n@app.command()\ndef train(lr: float = 1e-5):\n"
            "    TrainingArguments('o', learning_rate=lr)\nif __name__ == '__main__':\n    app()\n",
            {"lr": (f"{TA}.learning_rate",)}, cli={"lr": LR}),
    Snippet("click", TYPES + "import click\n@click.command()\n@click.option('--lr', type=float, default=1e-5)\n"
            "@click.option('--steps', 'n', type=int)\ndef main(lr, n):\n    TrainingArguments('o', learning_rate=lr, max_steps=n)\n"
            "if __name__ == '__main__':\n    main()\n",
            {"lr": (f"{TA}.learning_rate",), "n": (f"{TA}.max_steps",)}, cli={"lr": LR, "n": STEPS}),
    Snippet("click_kwargs", TYPES + "import click\n@click.command()\n@click.option('--lr', type=float)\ndef main(**kw):\n"
            "    TrainingArguments('o', learning_rate=kw['lr'])\nif __name__ == '__main__':\n    main()\n",
            {"lr": (f"{TA}.learning_rate",)}, cli={"lr": LR}),
    Snippet("option_over_file", LOAD + "import argparse\np = argparse.ArgumentParser()\np.add_argument('--lr', type=float)\na = p.parse_args()\n"
            "cfg['rate'] = a.lr\nTrainingArguments('o', learning_rate=cfg['rate'])\n",
            {"lr": (f"{TA}.learning_rate",)}, {"rate": 0.1}, cli={"lr": LR}),
]  # fmt: skip

RECORDS = [
    Snippet("dataclass", LOAD + "from dataclasses import dataclass\n@dataclass\nclass C:\n    lr: float = 1e-5\n    steps: int = 1\n"
            "c = C(**cfg)\nTrainingArguments('o', learning_rate=c.lr)\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("nested_dataclass", LOAD + "from dataclasses import dataclass\n@dataclass\nclass T:\n    lr: float\n@dataclass\nclass C:\n    t: T\n"
            "c = C(t=T(**cfg['t']))\nTrainingArguments('o', learning_rate=c.t.lr)\n", {"t.lr": (f"{TA}.learning_rate",)}, {"t": {"lr": 0.5}}),
    Snippet("post_init", LOAD + "from dataclasses import dataclass\n@dataclass\nclass C:\n    lr: float\n    steps: int\n"
            "    def __post_init__(self):\n        self.double = self.steps * 2\nc = C(**cfg)\nTrainingArguments('o', max_steps=c.double)\n",
            {"steps": (f"{TA}.max_steps",)}, SMALL, dead=("lr",)),
    Snippet("asdict", LOAD + "from dataclasses import dataclass, asdict\n@dataclass\nclass C:\n    learning_rate: float\n"
            "TrainingArguments('o', **asdict(C(learning_rate=cfg['lr'])))\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("named_tuple", LOAD + "from typing import NamedTuple\nclass C(NamedTuple):\n    lr: float\n    steps: int\nc = C(**cfg)\n"
            "TrainingArguments('o', learning_rate=c.lr)\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("pydantic", LOAD + "from pydantic import BaseModel\nclass C(BaseModel):\n    lr: float\n    steps: int = 2\nc = C(**cfg)\n"
            "TrainingArguments('o', learning_rate=c.lr)\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("pydantic_nested", LOAD + "from pydantic import BaseModel\nclass T(BaseModel):\n    lr: float\nclass C(BaseModel):\n    t: T\n"
            "c = C.model_validate(cfg)\nTrainingArguments('o', learning_rate=c.t.lr)\n", {"t.lr": (f"{TA}.learning_rate",)}, {"t": {"lr": 0.5}}),
    Snippet("pydantic_dump", LOAD + "from pydantic import BaseModel\nclass C(BaseModel):\n    learning_rate: float\n"
            "TrainingArguments('o', **C(**cfg).model_dump())\n",
            {"learning_rate": (f"{TA}.learning_rate",)}, {"learning_rate": 0.5}),
    Snippet("pydantic_alias", LOAD + "from pydantic import BaseModel, Field\nclass C(BaseModel):\n    rate: float = Field(alias='lr')\n"
            "TrainingArguments('o', learning_rate=C(**cfg).rate)\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("from_dict_classmethod", LOAD + "from dataclasses import dataclass\n@dataclass\nclass C:\n    lr: float = 1.0\n    @classmethod\n"
            "    def load(cls, d):\n        return cls(lr=float(d['lr']))\nTrainingArguments('o', learning_rate=C.load(cfg).lr)\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("filtered_fields", LOAD + "from dataclasses import dataclass, fields\n@dataclass\nclass C:\n    lr: float = 1.0\n"
            "names = {f.name for f in fields(C)}\nc = C(**{k: v for k, v in cfg.items() if k in names})\n"
            "TrainingArguments('o', learning_rate=c.lr)\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
]  # fmt: skip

CLASSES = [
    Snippet("method", LOAD + "class T:\n    def __init__(self, c):\n        self.c = c\n    def args(self):\n"
            "        return TrainingArguments('o', learning_rate=self.c['lr'])\nT(cfg).args()\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("inherited_init", LOAD + "class A:\n    def __init__(self, c):\n        self.lr = c['lr']\nclass B(A):\n    def go(self):\n"
            "        TrainingArguments('o', learning_rate=self.lr)\nB(cfg).go()\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("super_init", LOAD + "class A:\n    def __init__(self, lr):\n        self.lr = lr\nclass B(A):\n    def __init__(self, c):\n"
            "        super().__init__(c['lr'])\nTrainingArguments('o', learning_rate=B(cfg).lr)\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("property", LOAD + "class T:\n    def __init__(self, c):\n        self._c = c\n    @property\n    def lr(self):\n"
            "        return self._c['lr']\nTrainingArguments('o', learning_rate=T(cfg).lr)\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("static", LOAD + "class T:\n    @staticmethod\n    def of(c):\n        return c['lr']\nTrainingArguments('o', learning_rate=T.of(cfg))\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("overridden_method", LOAD + "class A:\n    def lr(self, c):\n        return 1.0\n    def go(self, c):\n"
            "        TrainingArguments('o', learning_rate=self.lr(c))\nclass B(A):\n    def lr(self, c):\n        return c['lr']\nB().go(cfg)\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("getitem", LOAD + "class C:\n    def __init__(self, d):\n        self.d = d\n    def __getitem__(self, k):\n        return self.d[k]\n"
            "c = C(cfg)\nTrainingArguments('o', learning_rate=c['lr'])\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("callable", LOAD + "class F:\n    def __call__(self, c):\n        return c['lr']\nTrainingArguments('o', learning_rate=F()(cfg))\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
]  # fmt: skip

FUNCTIONS = [
    Snippet("partial", LOAD + "from functools import partial\nmake = partial(TrainingArguments, 'o', learning_rate=cfg['lr'])\nmake(max_steps=cfg['steps'])\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL),
    Snippet("closure", LOAD + "def outer(c):\n    def inner():\n        return c['lr']\n    return inner\nTrainingArguments('o', learning_rate=outer(cfg)())\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("lambda", LOAD + "g = lambda k: cfg[k]\nTrainingArguments('o', learning_rate=g('lr'))\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("itemgetter", LOAD + "from operator import itemgetter\nlr, s = itemgetter('lr', 'steps')(cfg)\nTrainingArguments('o', learning_rate=lr, max_steps=s)\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL),
    Snippet("decorator", LOAD + "import functools\ndef deco(f):\n    @functools.wraps(f)\n    def wrap(*a, **k):\n        return f(*a, **k)\n"
            "    return wrap\n@deco\ndef go(c):\n    TrainingArguments('o', learning_rate=c['lr'])\ngo(cfg)\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("generator", LOAD + "def pairs(c):\n    yield 'learning_rate', c['lr']\n    yield 'max_steps', c['steps']\n"
            "TrainingArguments('o', **dict(pairs(cfg)))\n", {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL),
    Snippet("dispatch", LOAD + "def a(c):\n    TrainingArguments('o', learning_rate=c['lr'])\ndef b(c):\n    TrainingArguments('o', max_steps=c['steps'])\n"
            "{'a': a, 'b': b}['a'](cfg)\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("global_name", LOAD + "C = None\ndef load():\n    global C\n    C = cfg\ndef go():\n    TrainingArguments('o', learning_rate=C['lr'])\nload()\ngo()\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("nonlocal", LOAD + "def main():\n    lr = 0\n    def read():\n        nonlocal lr\n        lr = cfg['lr']\n    read()\n"
            "    TrainingArguments('o', learning_rate=lr)\nmain()\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("returned_tuple", LOAD + "def split(c):\n    return c['lr'], c['steps']\nlr, n = split(cfg)\nTrainingArguments('o', learning_rate=lr, max_steps=n)\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL),
    Snippet("early_return", LOAD + "def lr(c):\n    if 'lr' in c:\n        return c['lr']\n    return 1.0\nTrainingArguments('o', learning_rate=lr(cfg))\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("try_except", LOAD + "try:\n    lr = cfg['lr']\nexcept KeyError:\n    lr = 1.0\nTrainingArguments('o', learning_rate=lr)\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("context_manager", LOAD + "from contextlib import contextmanager\n@contextmanager\ndef opened():\n    yield cfg\nwith opened() as c:\n"
            "    TrainingArguments('o', learning_rate=c['lr'])\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("match", LOAD + "match cfg:\n    case {'lr': lr}:\n        TrainingArguments('o', learning_rate=lr)\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
]  # fmt: skip

PLACES = [
    Snippet("module_split", "from conf import load\nfrom train import go\ngo(load())\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",),
            modules={"conf.py": "import yaml\ndef load():\n    return yaml.safe_load(open('config.yaml'))\n",
                     "train.py": TYPES + "def go(c):\n    TrainingArguments('o', learning_rate=c['lr'])\n"}),
    Snippet("package_relative", "import pkg.run\npkg.run.main()\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",),
            modules={"pkg/__init__.py": "from .conf import read\n", "pkg/conf.py": "import yaml\ndef read():\n    return yaml.safe_load(open('config.yaml'))\n",
                     "pkg/run.py": TYPES + "from . import read\ndef main():\n    TrainingArguments('o', learning_rate=read()['lr'])\n"}),
    Snippet("environment_out", LOAD + "import os\nos.environ['SOME_SWITCH'] = str(cfg['steps'])\n", {"steps": ("os.environ.SOME_SWITCH",)}, SMALL, dead=("lr",)),
    Snippet("table_module", LOAD + "from names import MAP\nTrainingArguments('o', **{MAP[k]: cfg[k] for k in MAP})\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL,
            modules={"names.py": "MAP = {'lr': 'learning_rate', 'steps': 'max_steps'}\n"}),
    Snippet("subclass", LOAD + "from dataclasses import dataclass\nclass Mine(TrainingArguments):\n    pass\nMine('o', learning_rate=cfg['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("optimizer", LOAD + "import torch\ntorch.optim.AdamW([], lr=cfg['lr'])\n", {"lr": ("torch.optim.AdamW.lr",)}, SMALL, dead=("steps",)),
    Snippet("lora", LOAD + "from peft import LoraConfig\nLoraConfig(r=cfg['steps'], lora_alpha=cfg['steps'] * 2)\n",
            {"steps": ("peft.LoraConfig.r", "peft.LoraConfig.lora_alpha")}, SMALL, dead=("lr",)),
]  # fmt: skip

USES = [
    Snippet("seed_only", LOAD + "import torch\ntorch.manual_seed(cfg['steps'])\nTrainingArguments('o', learning_rate=cfg['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, used=("steps",)),
    Snippet("printed_only", LOAD + "print(cfg['steps'])\nTrainingArguments('o', learning_rate=cfg['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("control_only", LOAD + "if cfg['steps'] > 3:\n    TrainingArguments('o', learning_rate=cfg['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, used=("steps",)),
    Snippet("checked_only", LOAD + "if cfg['steps'] < 1:\n    raise ValueError('steps')\nTrainingArguments('o', learning_rate=cfg['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("directory", LOAD + "import os\nos.makedirs(cfg['dir'], exist_ok=True)\nTrainingArguments('o', learning_rate=cfg['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, {"lr": 0.5, "dir": "runs"}, used=("dir",)),
    Snippet("wandb", LOAD + "import wandb\nwandb.init(config=cfg)\nTrainingArguments('o', learning_rate=cfg['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
]  # fmt: skip

LOST = [
    Snippet("exec", LOAD + "exec(\"lr = cfg['lr']\")\nTrainingArguments('o', learning_rate=lr)\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, lost=True),
    Snippet("globals", LOAD + "globals().update(cfg)\nTrainingArguments('o', learning_rate=lr)\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, lost=True),
    Snippet("unknown_key", LOAD + "name = open('name.txt').read()\nTrainingArguments('o', learning_rate=cfg[name])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, lost=True, modules={"name.txt": "lr"}),
    Snippet("import_module", LOAD + "import importlib\nm = importlib.import_module(open('name.txt').read())\nm.environ['ZZ'] = str(cfg['lr'])\n",
            {"lr": ("os.environ.ZZ",)}, SMALL, lost=True, modules={"name.txt": "os"}),
    Snippet("patched", LOAD + "import transformers\nreal = transformers.TrainingArguments\ntransformers.TrainingArguments = lambda **k: real('o', learning_rate=cfg['lr'])\n"
            "transformers.TrainingArguments()\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, lost=True),
]  # fmt: skip

IN_CODE = [
    Snippet("format_map", LOAD + "TrainingArguments('runs/{lr}-{steps}'.format(**cfg))\n",
            {"lr": (f"{TA}.output_dir",), "steps": (f"{TA}.output_dir",)}, SMALL),
    Snippet("percent", LOAD + "TrainingArguments('runs/%(lr)s' % cfg)\n", {"lr": (f"{TA}.output_dir",)}, SMALL, dead=("steps",)),
    Snippet("compared_not_forwarded", LOAD + "TrainingArguments('o', do_train=cfg['steps'] > 11, learning_rate=cfg['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, used=("steps",)),
    Snippet("renamed_legacy", LOAD + "if 'lr' in cfg:\n    cfg['learning_rate'] = cfg.pop('lr')\nTrainingArguments('o', **cfg)\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.steps",)}, SMALL),
]  # fmt: skip

GROUPS = {
    "in_code": IN_CODE,
    "command_lines": COMMAND_LINES, "records": RECORDS, "classes": CLASSES, "functions": FUNCTIONS, "places": PLACES,
    "uses": USES, "lost": LOST,
}  # fmt: skip
