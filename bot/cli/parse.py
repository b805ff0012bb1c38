"""`python -m bot parse`: what is understood of each message, as JSON lines.

Reads one message a line on standard input; with `--jsonl`, one JSON object a line: `text`, and optionally `now` (ISO
8601), `tz` (IANA), `country` (ISO 3166-1), `language` (the conversation's) and `expecting` (the slot just asked for).
Prints for each, in order: `text`, `language`, `intent`, `confidence`, `ranking` (all intents, likeliest first, each
with `intent` and `confidence`), `entities` (each with `entity`, `start`, `end`, `text`, `value`).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from pathlib import Path
from queue import Queue
from typing import Any

from bot.cli import train

Understand = Callable[[dict[str, Any]], dict[str, Any]]
_MOST_PROCESSES = 4  # each holds the whole model: some 1.2 GB
_here: Understand | None = None  # in a process made by `in_order`: what it understands with
_PRINTED = ("place", "date", "occupation")
_CONTEXT = ("now", "tz", "country", "language", "expecting", "cite")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--jsonl", action="store_true", help="read JSON objects with a `text` key, one a line")


def run(arguments: argparse.Namespace) -> int:
    """Parse standard input to standard output."""
    if not train.is_up_to_date() and not train.train(aside=True):
        return 1
    os.environ.update(train.quiet_environment())
    for understood in in_order(_requests(sys.stdin, arguments.jsonl)):
        print(json.dumps(understood, ensure_ascii=False), flush=True)
    return 0


def in_order(requests: Iterable[dict[str, Any]], model: Path = train.MODEL) -> Iterator[dict[str, Any]]:
    """Understand each of `requests` on all cores; yields the results in order, each as soon as it is there.

    Each core has a process of its own, since much of understanding is Python's own work, which threads do one after the
    other; all load the model at once. Requests are read on a thread, a few ahead, so that who waits for an answer
    before writing the next line gets it. What `requests` raises is raised here.
    """
    count = min(os.cpu_count() or 1, _MOST_PROCESSES)
    waiting: Queue[Future[dict[str, Any]] | BaseException | None] = Queue(maxsize=4 * count)

    def read() -> None:
        try:
            for request in requests:
                waiting.put(pool.submit(_understand, request))
            waiting.put(None)
        except BaseException as error:  # SystemExit too: a request that is no request ends the command
            waiting.put(error)

    with ProcessPoolExecutor(count, get_context("spawn"), _prepare, (model,)) as pool:
        for _ in range(count):
            pool.submit(_wake)
        threading.Thread(target=read, daemon=True).start()
        while (found := waiting.get()) is not None:
            if isinstance(found, BaseException):
                raise found
            yield found.result()


def _prepare(model: Path) -> None:
    """Load the model in a process that understands for another one, which alone answers to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from bot.dialogue.door_channel import FIRST_WORDS

    global _here
    _here = load(model)
    _here({"text": FIRST_WORDS})


def _end_with_parent() -> None:
    """End this process when the one it works for is gone, however it went: the pool waits for ever."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _wake() -> None:
    """Do nothing, in a process that is started for it."""


def _understand(request: dict[str, Any]) -> dict[str, Any]:
    assert _here is not None  # `_prepare` came first
    return _here(request)


def load(model: Path = train.MODEL) -> Understand:
    """Load a model file; returns a function from a request {"text", …} to what is understood of it."""
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage
    from rasa.utils.log_utils import configure_structlog
    from rasa.utils.tensorflow.environment import setup_tf_environment

    # Left alone, Rasa prints what people write on standard output.
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR)
    configure_structlog(logging.ERROR)
    setup_tf_environment()
    processor = Agent.load(str(model)).processor

    def understand(request: dict[str, Any]) -> dict[str, Any]:
        metadata = {key: request[key] for key in _CONTEXT if request.get(key) is not None}
        # A leading slash would be a command of Rasa's; here as in the door, it is only typed.
        message = UserMessage(request["text"].lstrip("/ ") or " ", metadata=metadata)
        parsed = asyncio.run(processor.parse_message(message, only_output_properties=True))
        return {"text": request["text"], **report(parsed)}

    return understand


def report(parsed: dict[str, Any]) -> dict[str, Any]:
    """Return what is printed of Rasa's parse: the first of the ranking is the intent, even when it is unsure."""
    ranking = [
        {"intent": entry["name"], "confidence": round(float(entry["confidence"]), 4)}
        for entry in parsed.get("intent_ranking") or []
        if entry["name"] != "nlu_fallback"
    ]
    entities = parsed.get("entities") or []
    first = ranking[0] if ranking else {"intent": None, "confidence": 0.0}
    return {
        "language": next((entity["value"] for entity in entities if entity["entity"] == "language"), None),
        "intent": first["intent"],
        "confidence": first["confidence"],
        "ranking": ranking,
        "entities": [_entity(entity) for entity in entities if entity["entity"] in _PRINTED],
    }


def _entity(entity: dict[str, Any]) -> dict[str, Any]:
    return {name: entity.get(name) for name in ("entity", "start", "end", "text", "value")}


def _requests(lines: Iterable[str], as_json: bool) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not as_json:
            yield {"text": line.rstrip("\n")}
        elif line.strip():
            yield _request(line, number)


def _request(line: str, number: int) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except ValueError as error:
        raise SystemExit(f"line {number}: not JSON ({error}). Write one object a line.") from None
    if not isinstance(request, dict) or not isinstance(request.get("text"), str):
        raise SystemExit(f'line {number}: no "text". Write {{"text": "…"}}.')
    return request
