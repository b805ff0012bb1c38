"""`python -m bot talk`: a conversation on the terminal, through the same code as the widget's.

Reads one message a line; "1", "2"… chooses the button of that number. With `--json` each turn's replies are printed as
one JSON line: {"replies": [{"author", "language", "text", "choices": [title, …], "cards": […]}, …], "speaker"}.
Rasa and the action server are started for it, and stopped at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.cli import train
from bot.cli.stack import Stack, StackFailed, running
from bot.web import cards


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--lang", type=str.strip, default="fr", help="language to begin with (fr)")
    parser.add_argument("--cite", type=str.strip, help="id of the Cité on whose page the conversation takes place")
    parser.add_argument("--json", action="store_true", help="print one JSON line a turn")


def run(arguments: argparse.Namespace) -> int:
    """Talk until the end of standard input."""
    if not train.is_up_to_date() and not train.train(aside=arguments.json):
        return 1
    with tempfile.TemporaryDirectory(prefix="talk-") as folder:
        try:
            with running(Path(folder)) as stack:
                _prepare_door(stack)
                Talk(arguments.lang, arguments.cite, _as_json if arguments.json else _as_text).hold()
        except StackFailed as error:
            print(error, file=sys.stderr)
            return 1
    return 0


class Talk:
    """One conversation with the door's own service, the dispatcher run after each message."""

    def __init__(self, language: str, cite: str | None, show: Callable[[list[dict[str, Any]], str], None]) -> None:
        """Begin the conversation."""
        from bot.web.conversations import service
        from bot.web.conversations.dispatcher import Dispatcher

        self._service, self._dispatcher, self._show = service, Dispatcher(), show
        self._loop = asyncio.new_event_loop()
        self._id = service.create_conversation(cite, language, channel="terminal").id
        self._seen = 0
        self._offered: list[dict[str, str]] = []

    def hold(self) -> None:
        """Greet, then answer each line of standard input."""
        self._carry()
        for line in sys.stdin:
            if line.strip():
                self.say(line.strip())
        self._loop.run_until_complete(self._dispatcher.close())

    def say(self, text: str) -> None:
        """Post a message, or the button of that number, and show what is answered."""
        from bot.web.conversations.errors import Refused

        number = int(text) - 1 if text.isdecimal() and len(text) < 3 else -1
        try:
            if 0 <= number < len(self._offered):
                self._service.post_message(self._id, str(uuid.uuid4()), choice=self._offered[number]["key"])
            else:
                self._service.post_message(self._id, str(uuid.uuid4()), text=text)
        except Refused as refusal:
            print(f"({refusal})", file=sys.stderr)
        self._carry()

    def _carry(self) -> None:
        self._loop.run_until_complete(self._dispatcher.run_conversation(self._id))
        fresh = [message for message in self._service.messages_after(self._id, self._seen)]
        if fresh:
            self._seen = fresh[-1].seq
        replies = [_shown(message) for message in fresh if message.author != "person"]
        self._offered = [choice for reply in replies for choice in reply["choices"]]
        self._show(replies, self._speaker())

    def _speaker(self) -> str:
        from bot.web.conversations.errors import Refused

        try:
            return str(self._service.state(self._id).speaker)
        except Refused:  # erased
            return "nobody"


def _shown(message: Any) -> dict[str, Any]:
    from bot.web.answers import message_body

    return dict(message_body(message))


def _as_json(replies: list[dict[str, Any]], speaker: str) -> None:
    print(json.dumps({"replies": replies, "speaker": speaker}, ensure_ascii=False), flush=True)


def _as_text(replies: list[dict[str, Any]], speaker: str) -> None:
    number = 0
    for reply in replies:
        print(reply["text"])
        for card in reply["cards"]:
            print("   ▪ " + " — ".join(cards.lines(card, reply["language"])))
        for choice in reply["choices"]:
            number += 1
            print(f"   [{number}] {choice['title']}")
    print(f"({speaker}) > " if sys.stdin.isatty() else "", flush=True)


def _prepare_door(stack: Stack) -> None:
    """Point the door at this Rasa, with a database of its own."""
    os.environ.update(
        RASA_URL=stack.rasa_url,
        RASA_SECRET=stack.secret,
        DATABASE_URL=f"sqlite:///{stack.folder / 'talk.sqlite3'}",
        DJANGO_ALLOW_ASYNC_UNSAFE="true",  # one conversation, one thread
        DJANGO_SETTINGS_MODULE="bot.web.settings",
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
