# ruff: noqa: E501 (a table of snippets)
"""Idioms: config files read as dicts and namespaces, tables and loops, defaults and merges."""

from trace_harness import Snippet

LOAD = "import yaml\nfrom transformers import TrainingArguments\ncfg = yaml.safe_load(open('config.yaml'))\n"
TA = "transformers.TrainingArguments"
SMALL = {"lr": 1e-4, "steps": 10}
SECTION = {"training": {"lr": 1e-4, "steps": 10, "unused": 5}}

YAML_DICT = [
    Snippet("subscript", LOAD + "TrainingArguments('out', learning_rate=cfg['lr'], max_steps=cfg['steps'])\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL),
    Snippet("nested", LOAD + "t = cfg['training']\nTrainingArguments('out', learning_rate=t['lr'], max_steps=int(t['steps']))\n",
            {"training.lr": (f"{TA}.learning_rate",), "training.steps": (f"{TA}.max_steps",)}, SECTION, dead=("training.unused",)),
    Snippet("get_default", LOAD + "TrainingArguments('out', learning_rate=cfg.get('lr', 5e-5), max_steps=cfg.get('steps') or 3)\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL),
    Snippet("chained_get", LOAD + "TrainingArguments('out', learning_rate=cfg.get('training', {}).get('lr', 1e-5))\n",
            {"training.lr": (f"{TA}.learning_rate",)}, SECTION, dead=("training.unused", "training.steps")),
    Snippet("splat", LOAD + "TrainingArguments(output_dir='out', **cfg['training'])\n",
            {"training.lr": (f"{TA}.lr",), "training.steps": (f"{TA}.steps",), "training.unused": (f"{TA}.unused",)}, SECTION),
    Snippet("pop_then_splat", LOAD + "t = cfg['training']\nlr = t.pop('lr')\nTrainingArguments(learning_rate=lr, **t)\n",
            {"training.lr": (f"{TA}.learning_rate",), "training.steps": (f"{TA}.steps",), "training.unused": (f"{TA}.unused",)},
            SECTION),
    Snippet("json", "import json\nfrom transformers import TrainingArguments\nwith open('config.json') as f:\n    cfg = json.load(f)\n"
            "TrainingArguments('out', learning_rate=cfg['lr'])\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",), form="json"),
    Snippet("walrus", LOAD + "if (lr := cfg['lr']) > 0:\n    TrainingArguments('out', learning_rate=lr)\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("helper", LOAD + "def section(c):\n    return c['training']\ndef go(t):\n    TrainingArguments('out', learning_rate=t['lr'])\n"
            "go(section(cfg))\n", {"training.lr": (f"{TA}.learning_rate",)}, SECTION, dead=("training.unused", "training.steps")),
    Snippet("from_config", "import yaml\nfrom gliner import GLiNER\ncfg = yaml.safe_load(open('config.yaml'))\n"
            "m = GLiNER.from_config(cfg['model'])\n", {"model.width": ("gliner.GLiNER.from_config.width",)}, {"model": {"width": 3}}),
    Snippet("train_model", "import yaml\nfrom gliner import GLiNER\ncfg = yaml.safe_load(open('config.yaml'))\n"
            "model = GLiNER.from_pretrained(cfg['prev']).to('cpu')\nmodel.train_model([], None, max_steps=cfg['steps'])\n",
            {"prev": ("gliner.GLiNER.from_pretrained.model_id",), "steps": ("gliner.GLiNER.train_model.max_steps",)},
            {"prev": "a/b", "steps": 4}),
    Snippet("store_then_read", LOAD + "cfg['t'] = {}\ncfg['t']['x'] = cfg['lr']\nTrainingArguments('o', learning_rate=cfg['t']['x'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("overridden", LOAD + "lr = cfg['lr']\nlr = 3e-4\nTrainingArguments('o', learning_rate=lr)\n", {}, SMALL, dead=("lr", "steps")),
]  # fmt: skip

NAMESPACES = [
    Snippet("simple", LOAD + "from types import SimpleNamespace\nns = SimpleNamespace(**cfg)\nTrainingArguments('o', learning_rate=ns.lr)\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("recursive", LOAD + "from types import SimpleNamespace\ndef ns(d):\n    out = SimpleNamespace()\n    for k, v in d.items():\n"
            "        setattr(out, k, ns(v) if isinstance(v, dict) else v)\n    return out\nc = ns(cfg)\n"
            "TrainingArguments('o', learning_rate=c.training.lr)\n",
            {"training.lr": (f"{TA}.learning_rate",)}, SECTION, dead=("training.unused", "training.steps")),
    Snippet("back_to_dict", LOAD + "from argparse import Namespace\nn = Namespace(**cfg['training'])\nd = vars(n)\n"
            "TrainingArguments('o', max_steps=d['steps'])\n", {"training.steps": (f"{TA}.max_steps",)}, SECTION,
            dead=("training.unused", "training.lr")),
    Snippet("getattr_default", LOAD + "from types import SimpleNamespace\nn = SimpleNamespace(**cfg)\n"
            "TrainingArguments('o', learning_rate=getattr(n, 'lr', 1e-5))\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("dict_update_object", LOAD + "class C:\n    pass\nc = C()\nc.__dict__.update(cfg)\nTrainingArguments('o', learning_rate=c.lr)\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("attr_dict", LOAD + "class AttrDict(dict):\n    def __getattr__(self, name):\n        return self[name]\n"
            "c = AttrDict(cfg)\nTrainingArguments('o', learning_rate=c.lr)\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
]  # fmt: skip

TABLES = [
    Snippet("rename_map", LOAD + "MAP = {'lr': 'learning_rate', 'steps': 'max_steps'}\n"
            "kw = {new: cfg[old] for old, new in MAP.items()}\nTrainingArguments('o', **kw)\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL),
    Snippet("allow_list", LOAD + "KEEP = {'lr'}\nkw = {k: v for k, v in cfg.items() if k in KEEP}\nTrainingArguments(**kw)\n",
            {"lr": (f"{TA}.lr",)}, SMALL, dead=("steps",)),
    Snippet("items_renamed", LOAD + "MAP = {'lr': 'learning_rate'}\nkw = {}\nfor k, v in cfg.items():\n    if k in MAP:\n"
            "        kw[MAP[k]] = v\nTrainingArguments('o', **kw)\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("key_tuple", LOAD + "kw = {}\nfor k in ('learning_rate', 'max_steps'):\n    if k in cfg:\n        kw[k] = cfg[k]\n"
            "TrainingArguments('o', **kw)\n",
            {"learning_rate": (f"{TA}.learning_rate",), "max_steps": (f"{TA}.max_steps",)}, {"learning_rate": 1e-3, "max_steps": 4, "x": 1}, dead=("x",)),
    Snippet("setattr_loop", LOAD + "class A:\n    lr = 1.0\na = A()\nfor k in ['lr', 'steps']:\n    setattr(a, k, cfg[k])\n"
            "TrainingArguments('o', learning_rate=a.lr, max_steps=a.steps)\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL),
    Snippet("dotted", LOAD + "def dig(d, path):\n    for part in path.split('.'):\n        d = d[part]\n    return d\n"
            "TrainingArguments('o', learning_rate=dig(cfg, 'training.lr'))\n", {"training.lr": (f"{TA}.learning_rate",)}, SECTION,
            dead=("training.unused", "training.steps")),
    Snippet("reduced", LOAD + "from functools import reduce\nlr = reduce(lambda d, k: d[k], ['training', 'lr'], cfg)\n"
            "TrainingArguments('o', learning_rate=lr)\n", {"training.lr": (f"{TA}.learning_rate",)}, SECTION,
            dead=("training.unused", "training.steps")),
    Snippet("schema", LOAD + "SCHEMA = [('lr', float, True), ('steps', int, True), ('extra', int, False)]\n"
            "for name, kind, need in SCHEMA:\n    if need and not isinstance(cfg.get(name), kind):\n        raise ValueError(name)\n"
            "TrainingArguments('o', learning_rate=cfg['lr'], max_steps=cfg['steps'])\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, {**SMALL, "extra": 2}, dead=("extra",)),
    Snippet("zip_names", LOAD + "kw = dict(zip(('learning_rate', 'max_steps'), (cfg['lr'], cfg['steps'])))\nTrainingArguments('o', **kw)\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL),
    Snippet("lookup", LOAD + "KINDS = {'a': 'linear', 'b': 'cosine', 'c': 'constant'}\n"
            "TrainingArguments('o', lr_scheduler_type=KINDS.get(cfg['kind'], cfg['kind']))\n",
            {"kind": (f"{TA}.lr_scheduler_type",)}, {"kind": "a"}),
]  # fmt: skip

MERGES = [
    Snippet("defaults_then_file", LOAD + "D = {'lr': 1e-5, 'steps': 1}\nc = {**D, **cfg}\nTrainingArguments('o', learning_rate=c['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("file_then_fixed", LOAD + "c = {**cfg, 'lr': 1e-5}\nTrainingArguments('o', learning_rate=c['lr'], max_steps=c['steps'])\n",
            {"steps": (f"{TA}.max_steps",)}, SMALL, dead=("lr",)),
    Snippet("union", LOAD + "c = {'lr': 1e-5} | cfg\nTrainingArguments('o', learning_rate=c['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("update", LOAD + "c = dict(lr=1e-5)\nc.update(cfg)\nTrainingArguments('o', learning_rate=c['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("setdefault", LOAD + "cfg.setdefault('lr', 1e-5)\nTrainingArguments('o', learning_rate=cfg['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("deep_merge", LOAD + "def merge(a, b):\n    for k, v in b.items():\n        if isinstance(v, dict) and isinstance(a.get(k), dict):\n"
            "            merge(a[k], v)\n        else:\n            a[k] = v\n    return a\n"
            "c = merge({'training': {'lr': 1e-5, 'steps': 2}}, cfg)\nTrainingArguments('o', learning_rate=c['training']['lr'])\n",
            {"training.lr": (f"{TA}.learning_rate",)}, SECTION, dead=("training.unused", "training.steps")),
    Snippet("deepcopy", LOAD + "import copy\nc = copy.deepcopy(cfg)\nc['lr'] = 0.5\nTrainingArguments('o', learning_rate=cfg['lr'], max_steps=c['steps'])\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL),
    Snippet("chain_map", LOAD + "from collections import ChainMap\nc = ChainMap(cfg, {'lr': 1.0})\nTrainingArguments('o', learning_rate=c['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("late_override", LOAD + "kw = {'learning_rate': cfg['lr']}\nkw['learning_rate'] = 1e-6\nTrainingArguments('o', **kw)\n",
            {}, SMALL, dead=("lr", "steps")),
]  # fmt: skip

KWARGS = [
    Snippet("steps", LOAD + "kw = {}\nkw['learning_rate'] = cfg['lr']\nkw.update(max_steps=cfg['steps'])\nTrainingArguments('o', **kw)\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL),
    Snippet("conditional", LOAD + "TrainingArguments('o', **({'learning_rate': cfg['lr']} if cfg['steps'] else {}))\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, used=("steps",)),
    Snippet("popped", LOAD + "kw = dict(learning_rate=cfg['lr'], max_steps=cfg['steps'])\nkw.pop('max_steps')\nTrainingArguments('o', **kw)\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("through_kwargs", LOAD + "def make(**kwargs):\n    return TrainingArguments('o', **kwargs)\nmake(learning_rate=cfg['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("swallowed", LOAD + "def make(learning_rate=1.0, **kwargs):\n    return TrainingArguments('o', learning_rate=learning_rate)\n"
            "make(learning_rate=cfg['lr'], max_steps=cfg['steps'])\n", {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("deleted", LOAD + "kw = {'learning_rate': cfg['lr'], 'max_steps': cfg['steps']}\ndel kw['max_steps']\nTrainingArguments('o', **kw)\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
    Snippet("none_filtered", LOAD + "kw = {'learning_rate': cfg['lr'], 'max_steps': cfg['steps']}\n"
            "kw = {k: v for k, v in kw.items() if v is not None}\nTrainingArguments('o', **kw)\n",
            {"lr": (f"{TA}.learning_rate",), "steps": (f"{TA}.max_steps",)}, SMALL),
    Snippet("splat_positional", LOAD + "args = ('o',)\nTrainingArguments(*args, learning_rate=cfg['lr'])\n",
            {"lr": (f"{TA}.learning_rate",)}, SMALL, dead=("steps",)),
]  # fmt: skip

GROUPS = {"yaml_dict": YAML_DICT, "namespaces": NAMESPACES, "tables": TABLES, "merges": MERGES, "kwargs": KWARGS}
