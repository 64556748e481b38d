"""gliner-audit: know, before a GPU hour is spent, that every line of a training config does what it says."""
