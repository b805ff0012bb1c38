"""Accounts of advisors in the doors' database: `python -m tests.soak.accounts Camille Sofia` prints their numbers."""

from __future__ import annotations

import sys

import django


def main(names: list[str]) -> None:
    """Make an advisor of the demonstration Cité of each name."""
    django.setup()
    from tests.web.helpers import account  # it needs the models

    print(*(account(name, "demo").pk for name in names))


if __name__ == "__main__":
    main(sys.argv[1:])
