"""A process that only understands, on one core: `python -m bot.cli.evaluation.probe MODEL < texts.json`.

Reads a JSON list of texts, prints {"seconds": [one a text], "memory": bytes at the most}. A process of its own, so that
neither its memory nor its cores are shared with what measures. Seconds are those the core spends on this process: what
one waits for when nothing else runs, whatever else does.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.cli.parse import Understand, load

_WARM_UP = 10  # messages; the first of all load dictionaries and encoders


def main(arguments: Sequence[str]) -> int:
    """Measure the model whose file is the only argument."""
    if hasattr(os, "sched_setaffinity"):  # Linux
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    found = measure(load(Path(arguments[0])), json.load(sys.stdin))
    print(json.dumps(found))
    return 0


def measure(understand: Understand, texts: Sequence[str]) -> dict[str, object]:
    """Return what is printed: seconds for each of `texts`, one after the other, and the process's memory."""
    for text in texts[:_WARM_UP]:
        understand({"text": text})
    return {"seconds": [_seconds(understand, text) for text in texts], "memory": peak_memory()}


def peak_memory() -> int:
    """Return the most memory this process has held, in bytes."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.exists() else None
    # What getrusage gives counts the parent's too on Linux; elsewhere there is nothing else.
    return int(found[1]) * 1024 if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _seconds(understand: Understand, text: str) -> float:
    started = time.process_time()
    understand({"text": text})
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
