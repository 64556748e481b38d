"""The oracle: mutated configs, what really happens to them, and what of that no linter could know."""

import os

# Before any library is imported: the world of the oracle has no network and one thread.
os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "OMP_NUM_THREADS": "1"}
