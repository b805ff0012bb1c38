"""What the commands share that work on the door's database, in this process."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable


def set_up() -> None:
    """Make Django ready; only then may anything of `bot.web` be imported that needs it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
    import django

    django.setup()


def answering(deed: Callable[[], int]) -> int:
    """The exit code of what is done on the database; 1, which is said, when that does not answer."""
    from django.db import DatabaseError

    try:
        return deed()
    except DatabaseError:
        print("The door's database does not answer, or has no tables yet: start the bot once.", file=sys.stderr)
        return 1
