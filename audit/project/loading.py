"""What the text of a script shows of the configs that it loads, without following it."""

from __future__ import annotations

import re

LOADS = re.compile(
    r"safe_load|yaml\.load|json\.load|tomllib|toml\.load|load_config|OmegaConf|parse_yaml|parse_json|YAML\("
)
TAKES_ARGUMENTS = re.compile(r"argparse|sys\.argv|\b(?:click|typer|fire|tyro|hydra|jsonargparse)\b|HfArgumentParser")
