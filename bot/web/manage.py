"""Django's command line for the door: `python -m bot.web.manage migrate`, `… createsuperuser`, …"""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> None:
    """Run one management command; `arguments` are those after the program's name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bot.web.manage", *(sys.argv[1:] if arguments is None else arguments)])


if __name__ == "__main__":
    main()
