"""The two threads that are told while everything is killed, and what must be found of each afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.web.words import word
from tests.soak.insisting import Desk, Visitor
from tests.web.fake_rasa import CONSENT

from .rasa import ASKS, GREETING, THANKS, echo

Line = tuple[str, str]
"""Author and text; of the house's lines, what they are about."""
CONTACT = "alex@example.org"
DAYS = 14


@dataclass
class Expected:
    """What must be stored of one thread. `audit`: before, after, actor, of the changes that do change something."""

    number: int
    kind: str
    conversation: str = ""
    lines: list[Line] = field(default_factory=list)
    audit: list[tuple[str, str, str]] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    """The actions that the desk's log must hold, each once."""


async def exchange(number: int, person: Visitor, desk: Desk) -> Expected:
    """Bot, advisor, both ways, and the bot again."""
    thread, handoff = await _until_waiting(number, "exchange", person, desk, "waiting")
    assert await desk.take(handoff)
    thread.lines.append(("house", "joined"))
    for turn in range(2):
        await _answers(thread, desk, handoff, f"Question {turn} du fil {number} ?")
        await person.hear(*thread.lines[-1])
        await _says(thread, person, f"Ceci {turn}, dans le fil {number}.")
        await _says(thread, person, f"Et cela {turn}, dans le fil {number}.")
    await desk.end(handoff, "give-back", "answered")
    thread.lines.append(("house", "given_back"))
    await person.is_with("bot")
    await _echoed(thread, person, f"Je reviens au fil {number}.")
    who = f"advisor:{desk.number}"
    thread.audit += [("waiting", "live", who), ("live", "given_back", who)]
    thread.logged = ["claim", "give_back"]
    return thread


async def callback(number: int, person: Visitor, desk: Desk) -> Expected:
    """Nobody comes; a call back is asked for, the bot speaks meanwhile, and the call is made."""
    thread, handoff = await _until_waiting(number, "callback", person, desk, "waiting")
    await person.ask_to_be_called("Alex", CONTACT)
    thread.lines.append(("house", "callback_asked"))
    await person.is_with("bot")
    await _echoed(thread, person, f"En attendant, le fil {number}.")
    page = await desk.call_back(handoff)
    assert CONTACT in page, "the number was not shown"
    await desk.called(handoff, "answered")
    await _echoed(thread, person, f"Merci pour le fil {number}.")
    who = f"advisor:{desk.number}"
    thread.audit += [("waiting", "callback", "person"), ("callback", "done", who)]
    thread.logged = ["callback_done"]
    return thread


def about(text: str, desk: str) -> str:
    """What a line of the house is about: one of the names used above, "delayed", or "opened" for all others."""
    known = {word(f"door.{name}", "fr", advisor=desk): name for name in ("joined", "given_back")}
    known |= {word("door.delayed", "fr"): "delayed", word("door.callback_asked", "fr", days=DAYS): "callback_asked"}
    return known.get(text, "opened")


async def _until_waiting(number: int, kind: str, person: Visitor, desk: Desk, part: str) -> tuple[Expected, int]:
    """From the greeting to the desk's queue; the number of the request."""
    thread = Expected(number, kind, audit=[("", "waiting", "bot")])
    await person.begin()
    thread.conversation = person.conversation
    await _hears(thread, person, GREETING)
    await _echoed(thread, person, f"Voici le fil {number}.")
    request = f"Fil {number} : {ASKS}"
    await _says(thread, person, request)
    await _hears(thread, person, str(CONSENT["text"]))
    await person.choose("Oui")
    thread.lines.append(("person", "Oui"))
    await _hears(thread, person, THANKS)
    await person.is_with("waiting")
    thread.lines.append(("house", "opened"))
    return thread, await desk.find(part, request)


async def _echoed(thread: Expected, person: Visitor, text: str) -> None:
    await _says(thread, person, text)
    await _hears(thread, person, echo(text))


async def _says(thread: Expected, person: Visitor, text: str) -> None:
    await person.say(text)
    thread.lines.append(("person", text))


async def _hears(thread: Expected, person: Visitor, text: str) -> None:
    await person.hear("bot", text)
    thread.lines.append(("bot", text))


async def _answers(thread: Expected, desk: Desk, handoff: int, text: str) -> None:
    await desk.answer(handoff, text)
    thread.lines.append(("advisor", text))
