"""A tracker store that keeps the last turns of a conversation and the values of its slots.

Rasa's cost of a message grows with the number of events, since it replays, copies and validates them all; and what
is not kept cannot leak. One row a conversation, in SQLite or PostgreSQL.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sql
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    AllSlotsReset,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.knowledge.paths import VAR

_TURNS = 6
_table = sql.Table(
    "trackers",
    sql.MetaData(),
    sql.Column("sender_id", sql.String(128), primary_key=True),
    sql.Column("events", sql.Text, nullable=False),
    sql.Column("saved_at", sql.Float, nullable=False, index=True),
)


class BoundedTrackerStore(TrackerStore):
    """Keeps the last `turns` turns of each conversation.

    Settings in endpoints.yml: `url`, an SQLAlchemy address, and `turns` (6). Without `url` it is the environment
    variable TRACKER_URL, else a SQLite file in the folder of what is written while running.
    """

    def __init__(
        self,
        domain: Domain | None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        turns: int = _TURNS,
        **kwargs: Any,
    ) -> None:
        """Open the database and make the table when it is missing; Rasa gives the setting `url` as `host`."""
        url = host or os.environ.get("TRACKER_URL") or _file_in(VAR)
        self._turns = int(turns)
        self._engine = sql.create_engine(url, future=True, **_engine_settings(url))
        if self._engine.dialect.name == "sqlite":
            sql.event.listen(self._engine, "connect", _overwrite_what_is_deleted)
        _table.metadata.create_all(self._engine)
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the bounded events of `tracker`, in one transaction."""
        await self.stream_events(tracker)
        row = {
            "sender_id": tracker.sender_id,
            "events": json.dumps([event.as_dict() for event in bounded(list(tracker.events), self._turns)]),
            "saved_at": time.time(),
        }
        with self._engine.begin() as connection:
            updated = connection.execute(
                sql.update(_table).where(_table.c.sender_id == tracker.sender_id).values(row)
            )
            if not updated.rowcount:
                connection.execute(sql.insert(_table).values(row))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the tracker of a conversation, or None when there is none."""
        with self._engine.connect() as connection:
            row = connection.execute(sql.select(_table.c.events).where(_table.c.sender_id == sender_id)).first()
        if row is None:
            return None
        tracker = self.init_tracker(sender_id)
        for event in deserialise_events(json.loads(row.events)):
            tracker.update(event, self.domain)
        return tracker

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations."""
        with self._engine.connect() as connection:
            return [row.sender_id for row in connection.execute(sql.select(_table.c.sender_id))]

    async def delete(self, sender_id: str) -> None:
        """Erase a conversation; one that is not there is erased already."""
        with self._engine.begin() as connection:
            connection.execute(sql.delete(_table).where(_table.c.sender_id == sender_id))

    async def delete_before(self, moment: float) -> int:
        """Erase the conversations last saved before `moment` (seconds since 1970), and return how many there were."""
        with self._engine.begin() as connection:
            return int(connection.execute(sql.delete(_table).where(_table.c.saved_at < moment)).rowcount)


async def erase(store: TrackerStore, sender_id: str) -> None:
    """Erase a conversation from the store of an agent.

    Rasa wraps the store in one that keeps in memory what could not be saved, and that knows no erasure.
    """
    await getattr(store, "_tracker_store", store).delete(sender_id)
    kept = getattr(store, "_fallback_tracker_store", None)
    if kept is not None:
        kept.store.pop(sender_id, None)


async def erase_before(store: TrackerStore, moment: float) -> int:
    """Erase the old conversations from the store of an agent, as `delete_before` does."""
    return int(await getattr(store, "_tracker_store", store).delete_before(moment))


def bounded(events: list[Event], turns: int) -> list[Event]:
    """Return the events of the last `turns` turns, preceded by the slots' values before them."""
    starts = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(starts) <= turns:
        return events
    cut = starts[-turns]
    slots = _slots_after(events[:cut])
    head: list[Event] = [ActionExecuted("action_session_start"), SessionStarted()]
    head += [SlotSet(name, value) for name, value in slots.items()]
    return [*head, ActionExecuted("action_listen"), *events[cut:]]


def _slots_after(events: list[Event]) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    for event in events:
        if isinstance(event, AllSlotsReset):
            slots = {}
        elif isinstance(event, SlotSet):
            slots[event.key] = event.value
    return slots


def _overwrite_what_is_deleted(connection: Any, _: Any) -> None:
    """Else what was erased stays readable in the free pages of the file; Debian's SQLite does it by itself."""
    connection.execute("PRAGMA secure_delete = ON")


def _file_in(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / 'tracker.sqlite3'}"


def _engine_settings(url: str) -> dict[str, Any]:
    quiet: dict[str, Any] = {"hide_parameters": True}  # else an error of the database tells what was to be written
    if url in ("sqlite://", "sqlite:///:memory:"):
        return {**quiet, "connect_args": {"check_same_thread": False}, "poolclass": sql.pool.StaticPool}
    if url.startswith("sqlite"):
        return {**quiet, "connect_args": {"check_same_thread": False, "timeout": 15}}
    return {**quiet, "pool_pre_ping": True}
