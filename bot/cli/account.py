"""`python -m bot account`: accounts of the desk from a terminal, for the first ones and for whoever is shut out."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from bot.cli import door
from bot.cli.misuse import Misasked
from bot.knowledge.catalogue import SPOKEN
from bot.knowledge.cites import load_cites

ROLES = ("advisor", "coordinator", "administrator")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    add = deeds.add_parser("add", help="make an account; its random password is printed, once")
    _named(add)
    add.add_argument("--first-name", required=True, help="the name that people are shown")
    add.add_argument("--language", default="fr", choices=SPOKEN, help="language of the desk (fr)")
    _role(add)
    invite = deeds.add_parser("invite", help="print a link by which somebody makes an account, once")
    _role(invite)
    invite.add_argument("--email", default="", help="for whom, where a directory of the house's own signs people in")
    invite.add_argument("--url", default="", help="address of the door; without it, HOST and PORT")
    listed = deeds.add_parser("list", help="list the accounts and their roles")
    listed.add_argument("--json", action="store_true", help="as JSON lines")
    _named(deeds.add_parser("disable", help="shut an account out, at once"))
    _named(deeds.add_parser("enable", help="let an account in again"))
    role = deeds.add_parser("role", help="give an account a role, or take it")
    _named(role)
    _role(role)
    role.add_argument("--take", action="store_true", help="take it instead")
    reset = deeds.add_parser("reset", help="give a new random password, printed once, and forget the second factor")
    _named(reset)
    reset.add_argument("--keep-password", action="store_true", help="forget the second factor only")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when the database does not answer or what is asked cannot be, 2 when it is asked wrongly."""
    door.set_up()
    from bot.web.accounts.making import LastAdministrator

    try:
        return door.answering(lambda: _DEEDS[arguments.deed](arguments))
    except LastAdministrator:
        print("This is the last administrator: make another one first.", file=sys.stderr)
        return 1


def _named(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username")


def _role(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--role", default="advisor", choices=ROLES, help="advisor (unless told), coordinator, administrator"
    )
    parser.add_argument("--cite", default="", help="the id of the Cité; administrators have none")


def _place(arguments: argparse.Namespace) -> str:
    """The Cité of a role; `Misasked` when it must have one and has none, or one that is not known."""
    if arguments.role == "administrator":
        if arguments.cite:
            raise Misasked("An administrator is one everywhere: leave --cite out.")
        return ""
    if arguments.cite not in load_cites():
        told = f"no Cité has the id {arguments.cite!r}" if arguments.cite else "--cite is missing"
        raise Misasked(f"{told}: give the name of a file in data/cites, without .yml.")
    return str(arguments.cite)


def _account(arguments: argparse.Namespace) -> Any:
    from bot.web.desk.models import Advisor

    found = Advisor.objects.filter(username__iexact=arguments.username).first()
    if found is None:
        raise Misasked(f"There is no account named {arguments.username}: `python -m bot account list` shows all.")
    return found


def _add(arguments: argparse.Namespace) -> int:
    from bot.web.accounts.making import AccountExists, add_advisor

    place = _place(arguments)
    try:
        password = add_advisor(arguments.username, arguments.first_name, arguments.language, arguments.role, place)
    except AccountExists:
        raise Misasked(f"There is an account named {arguments.username} already.") from None
    print(f"{arguments.username} {password}")
    return 0


def _invite(arguments: argparse.Namespace) -> int:
    from django.urls import reverse

    from bot.web.accounts.invitations import invite

    made, token = invite(arguments.role, _place(arguments), email=arguments.email)
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    address = arguments.url.rstrip("/") or f"http://{host}:{port}"
    print(f"{address}{reverse('desk:join', args=[token])}")
    print(f"valid until {made.expires:%Y-%m-%d %H:%M} UTC, for one account", file=sys.stderr)
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from bot.web.accounts import factor
    from bot.web.desk.models import Advisor

    for one in Advisor.objects.prefetch_related("memberships").order_by("username"):
        roles = [{"role": each.role, "cite": each.cite or None} for each in one.memberships.all()]
        told = {"username": one.username, "name": one.first_name, "active": one.is_active, "roles": roles}
        told["second_factor"] = factor.has(one)
        print(json.dumps(told, ensure_ascii=False) if arguments.json else _line(told))
    return 0


def _line(told: dict[str, Any]) -> str:
    roles = ", ".join(f"{each['role']} {each['cite'] or 'everywhere'}" for each in told["roles"]) or "no role"
    marks = ["" if told["active"] else "disabled", "second factor" if told["second_factor"] else ""]
    return "  ".join(part for part in (told["username"], told["name"], roles, *marks) if part)


def _change(name: str) -> Callable[[argparse.Namespace], int]:
    """What `making` has under that name, done to one account."""

    def deed(arguments: argparse.Namespace) -> int:
        from bot.web.accounts import making

        getattr(making, name)(_account(arguments))
        return 0

    return deed


def _give(arguments: argparse.Namespace) -> int:
    from bot.web.accounts import making

    found, place = _account(arguments), _place(arguments)
    if arguments.take:
        making.take_role(found, place)
    else:
        making.give_role(found, arguments.role, place)
    return 0


def _reset(arguments: argparse.Namespace) -> int:
    from bot.web.accounts import making

    found = _account(arguments)
    making.reset_factor(found)
    if not arguments.keep_password:
        print(f"{found.username} {making.reset_password(found)}")
    return 0


_DEEDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "add": _add,
    "invite": _invite,
    "list": _list,
    "disable": _change("disable"),
    "enable": _change("enable"),
    "role": _give,
    "reset": _reset,
}
