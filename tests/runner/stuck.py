"""A process whose main thread sits in a call of a library for ever, as in a collective that nobody else joins."""

import ctypes
import sys
from pathlib import Path

from gliner_audit.runner.signals import Watch

watch = Watch(grace=0.2)
watch.deferred = True
watch.last_words = lambda signum: Path(sys.argv[1]).write_text(str(signum)) and None
with watch.installed():
    Path(sys.argv[2]).touch()
    libc, mutex = ctypes.CDLL(None), ctypes.create_string_buffer(64)
    libc.pthread_mutex_lock(mutex)
    libc.pthread_mutex_lock(mutex)
