"""`python -m bot purge`: removes what has been kept long enough, at once; prints counts and nothing else."""

from __future__ import annotations

import argparse
import asyncio

from bot.cli import door


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--dry-run", action="store_true", help="count what would be removed, and remove nothing")
    parser.add_argument(
        "--days", type=_days, metavar="N", help="as if every conversation were kept for N days, whatever the settings"
    )


def run(arguments: argparse.Namespace) -> int:
    """Purge the door's database and have Rasa forget the same conversations; 1 when the database does not answer."""
    door.set_up()
    return door.answering(lambda: _purge(arguments.days, arguments.dry_run))


def _days(raw: str) -> int:
    if raw.isascii() and raw.isdigit() and 0 < int(raw) < 10_000:
        return int(raw)
    raise argparse.ArgumentTypeError(f"{raw!r} is not a number of days from 1")


def _purge(days: int | None, dry_run: bool) -> int:
    from bot.web.conversations import retention

    purged = retention.purge(days, dry_run)
    removed, ended = ("to be removed", "to be ended") if dry_run else ("removed", "ended")
    print(f"conversations {removed}: {purged.conversations} ({purged.handed_over} handed over to an advisor)")
    print(f"silent handoffs {ended}: {purged.lapsed}")
    if not dry_run:
        retention.tidy()
        print(f"left for Rasa to forget, which the door sees to: {asyncio.run(_forget())}")
    return 0


async def _forget() -> int:
    """Have Rasa forget what was removed; how many conversations it could not forget now."""
    from bot.web.conversations import erasure
    from bot.web.conversations.dispatcher import Dispatcher
    from bot.web.database import in_database

    dispatcher = Dispatcher()
    try:
        while await in_database(erasure.due):
            await dispatcher.forget_erased()
    finally:
        await dispatcher.close()
    return await in_database(erasure.count)
