"""Whether the database holds of a thread what was said and done in it: once, in order, and by the audit too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.soak.database import Database
from tests.soak.verdict import compared

from .threads import Expected, Line, about

_LINES = "SELECT seq, author, text, progress FROM conversations_message WHERE conversation_id = ? ORDER BY seq"
_TALK = "SELECT speaker, last_seq, due FROM conversations_conversation WHERE id = ?"
_HANDOFFS = "SELECT id, state FROM conversations_handoff WHERE conversation_id = ?"
_AUDIT = "SELECT before, after, actor, detail FROM conversations_transition WHERE handoff_id = ? ORDER BY id"
_CONTACTS = "SELECT count(*) FROM conversations_callback WHERE handoff_id = ?"
_LOG = "SELECT action FROM audit_entry WHERE kind = 'handoff' AND object = ? ORDER BY id"
_UNDONE = ("pending", "sent", "failed")


def faults(thread: Expected, desk: str, shown: Iterable[dict[str, Any]], database: Database) -> list[str]:
    """What went wrong, as sentences. `desk`: the advisor's name; `shown`: what the person was told, in the end."""
    name = f"{thread.kind} {thread.number}"
    rows = database.ask(_LINES, thread.conversation)
    stored = [(author, text) for _, author, text, _ in rows if author != "signal"]
    told = [(one["author"], one["text"]) for one in shown]
    found = compared(f"{name}: stored", thread.lines, named(stored, desk))
    found += compared(f"{name}: shown", stored, told)
    found += compared(f"{name}: numbers", list(range(1, len(rows) + 1)), [seq for seq, *_ in rows])
    found += [f"{name}: message {seq} is {progress}" for seq, _, _, progress in rows if progress in _UNDONE]
    found += compared(f"{name}: talk", [("bot", len(rows), None)], database.ask(_TALK, thread.conversation))
    handoffs = database.ask(_HANDOFFS, thread.conversation)
    if len(handoffs) != 1:
        return [*found, f"{name}: {len(handoffs)} handoffs"]
    return found + _of_handoff(name, thread, *handoffs[0], database)


def named(lines: Iterable[Line], desk: str) -> list[Line]:
    """Those of the house by what they are about; that an answer is late may be told or not."""
    read = [(author, about(text, desk) if author == "house" else text) for author, text in lines]
    return [line for line in read if line != ("house", "delayed")]


def _of_handoff(name: str, thread: Expected, handoff: int, state: str, database: Database) -> list[str]:
    audit = database.ask(_AUDIT, handoff)
    moved = [(before, after, actor) for before, after, actor, _ in audit if before != after]
    found = compared(f"{name}: audit", thread.audit, moved)
    chain = ["", *(after for _, after, *_ in audit)]
    found += compared(f"{name}: audit, each line from the one before", chain[:-1], [before for before, *_ in audit])
    found += compared(f"{name}: state by the audit", [chain[-1]], [state])
    log = [action for (action,) in database.ask(_LOG, str(handoff))]
    found += compared(f"{name}: the desk's log", thread.logged, [one for one in log if one in thread.logged])
    opened = sum(detail == "opened" for *_, detail in audit)
    found += compared(f"{name}: looks at the number", [opened], [log.count("callback_view")])
    kept = database.ask(_CONTACTS, handoff)[0][0]
    return found + ([f"{name}: the number to call is still kept"] if kept else [])
