"""Reads the command line and calls the command."""

from __future__ import annotations

import argparse
import importlib
import keyword
import os
import sys
from collections.abc import Sequence

from bot.cli.misuse import Misasked
from bot.knowledge.errors import DataError, DataErrors

COMMANDS = {
    "run": "start everything: web, Rasa and actions",
    "train": "train the model if it is missing or older than the data",
    "talk": "hold a conversation on the terminal",
    "parse": "print what is understood of messages, as JSON lines",
    "evaluate": "measure how well labelled messages are understood",
    "nearest": "print the place understood and the Cités nearest to it",
    "hours": "print what is known of the hours of a Cité",
    "events": "print what is on at a Cité",
    "cite": "add, show and maintain the file of a Cité",
    "import": "feed the Cités' files from public data",
    "account": "make, invite, list, disable and reset accounts of the desk",
    "channels": "show the messaging apps and what each lacks; register makes the door known to them",
    "purge": "remove the conversations that have been kept long enough",
    "lessons": "export what the reviews of the desk teach, for a maintainer to accept",
    "figures": "print how many people wrote, what for and when, for a Cité and a period",
    "check": "check all data: Cités, places, concerns, words, Rasa's training data",
    "adapt-encoder": "teach the sentence encoder to tell our intents apart (over an hour; for maintainers)",
    "review-labels": "list training examples that may be labelled wrongly, stand twice or are templates",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 failed, 2 misused."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="The assistant of the Cités des métiers.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    modules = {name: importlib.import_module(f"bot.cli.{_module(name)}") for name in _wanted(arguments)}
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name in modules:
            modules[name].add_arguments(command)
    parsed = parser.parse_args(arguments)
    try:
        code = int(modules[parsed.command].run(parsed))
        sys.stdout.flush()
        return code
    except Misasked as error:
        print(error, file=sys.stderr)
        return 2
    except (DataError, DataErrors) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _write_to_nobody()
        return 130


def _write_to_nobody() -> None:
    """Whoever read what is printed has gone (`| head`): what is left must not be tried again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _wanted(arguments: Sequence[str] | None) -> list[str]:
    """Import only the command that is called: Rasa takes seconds to import."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    return [given[0]] if given and given[0] in COMMANDS else []


def _module(name: str) -> str:
    """The module of a command; one whose name Python keeps for itself ends with an underscore."""
    name = name.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name
