"""Names that tell a config from other values."""

from __future__ import annotations

import re

CONFIG_NAME = re.compile(
    r"(^|_)(cfg|conf|config|configs|configuration|args|arguments|opt|opts|options|params|hparams|hyperparams|"
    r"hyperparameters|settings|kwargs)$"
)
