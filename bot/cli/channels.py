"""`python -m bot channels`: the state of each messaging app; `channels register` makes our address known to them."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from bot.cli import door
from bot.cli.misuse import Misasked

if TYPE_CHECKING:
    from bot.web.channels.platform import Platform

_INSECURE = "PUBLIC_URL is no https address, and platforms call no other"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", nargs="?", choices=["register"], help="tell the platforms the address of the door")
    parser.add_argument("name", nargs="?", help="one platform only")


def run(arguments: argparse.Namespace) -> int:
    """Print the state of each platform, or register; 1 when a platform could not be told."""
    door.set_up()
    from bot.web.channels import registry

    if arguments.name and arguments.name not in registry.PLATFORMS:
        raise Misasked(f"{arguments.name!r} is not one of {', '.join(sorted(registry.PLATFORMS))}")
    if arguments.action == "register":
        return _register(arguments.name)
    for platform in registry.PLATFORMS.values():
        print(_state(platform))
    return 0


def _state(platform: Platform) -> str:
    missing = platform.missing()
    if missing:
        return f"{platform.name}: off, missing {', '.join(missing)}"
    lines = [f"{platform.name}: on, {_counts(platform.name)}", f"webhook {_webhook(platform)}"]
    return "\n  ".join(lines if _is_secure() else [*lines, _INSECURE])


def _counts(name: str) -> str:
    from django.db import DatabaseError

    from bot.web.channels import outbox

    try:
        return f"{outbox.waiting(name)} to send, {outbox.count_lost(name)} never arrived"
    except DatabaseError:
        return "no outbox yet: start the bot once"


def _is_secure() -> bool:
    from django.conf import settings

    return str(settings.PUBLIC_URL).startswith("https://")


def _webhook(platform: Platform) -> str:
    from django.conf import settings

    return f"{settings.PUBLIC_URL}/channels/{platform.name}/"


def _register(name: str | None) -> int:
    from bot.web.channels import registry

    wanted = [registry.PLATFORMS[name]] if name else registry.all_on()
    if not wanted:
        print("No messaging app is on: `python -m bot channels` tells what is missing.", file=sys.stderr)
        return 1
    return max([asyncio.run(_tell(platform)) for platform in wanted])


async def _tell(platform: Platform) -> int:
    import httpx
    from django.conf import settings

    from bot.web.channels.platform import SendFailed

    if platform.missing():
        print(f"{platform.name}: off, missing {', '.join(platform.missing())}", file=sys.stderr)
        return 1
    if not _is_secure():
        print(f"{platform.name}: not registered, {_INSECURE}", file=sys.stderr)
        return 1
    try:
        async with httpx.AsyncClient(timeout=settings.SEND_TIMEOUT) as http:
            lines = await platform.register(http, _webhook(platform))
    except SendFailed as error:
        print(f"{platform.name}: not registered ({error.reason}); check its settings, then try again", file=sys.stderr)
        return 1
    for line in lines:
        print(f"{platform.name}: {line}")
    return 0
