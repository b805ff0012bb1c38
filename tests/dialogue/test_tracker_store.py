"""The tracker store on real SQLite files: bounded, its slots kept, erased, shared, there after a restart."""

from __future__ import annotations

import asyncio
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    AllSlotsReset,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)  # fmt: skip
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.tracker_store import BoundedTrackerStore, bounded, erase, erase_before
from bot.knowledge.paths import ROOT

DOMAIN = Domain.load(str(ROOT / "domain.yml"))
STORE = "bot.dialogue.tracker_store.BoundedTrackerStore"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'tracker.sqlite3'}"


@pytest.fixture
def store(url: str) -> Iterator[BoundedTrackerStore]:
    store = BoundedTrackerStore(DOMAIN, url, turns=4)
    yield store
    store._engine.dispose()


def turn(number: int, **slots: Any) -> list[Event]:
    """What Rasa appends in one turn."""
    said = UserUttered(f"message {number}", {"name": "inform"}, metadata={"language": "fr"})
    told = [SlotSet(name, value) for name, value in slots.items()]
    return [said, *told, ActionExecuted("action_reply"), BotUttered(f"reply {number}"), ActionExecuted("action_listen")]


async def talk(store: TrackerStore, sender: str, *turns: list[Event]) -> None:
    """Append turns as Rasa's processor does: read, append, write."""
    for events in turns:
        tracker = await store.get_or_create_tracker(sender)
        for event in events:
            tracker.update(event, DOMAIN)
        await store.save(tracker)


def texts(tracker: DialogueStateTracker | None) -> list[str]:
    assert tracker is not None
    return [event.text for event in tracker.events if isinstance(event, UserUttered) and event.text]


def written(folder: Path) -> bytes:
    """All bytes of the database, pages that are free again included."""
    return b"".join(path.read_bytes() for path in folder.glob("tracker.sqlite3*"))


async def test_it_is_bounded_after_many_turns(store: BoundedTrackerStore) -> None:
    sizes = []
    for number in range(60):
        await talk(store, "long", turn(number))
        tracker = await store.retrieve("long")
        assert tracker is not None
        sizes.append(len(tracker.events))
    assert texts(tracker) == [f"message {number}" for number in range(56, 60)]
    assert max(sizes[20:]) <= 4 * 5 + 10
    assert len(set(sizes[30:])) == 1  # it grows no more


async def test_nothing_of_an_older_turn_is_in_the_file(store: BoundedTrackerStore, tmp_path: Path) -> None:
    await talk(store, "a", *(turn(number) for number in range(100, 130)))
    content = written(tmp_path)
    assert b"message 129" in content
    assert b"message 125" not in content
    assert b"reply 125" not in content


async def test_slots_outlive_the_turn_that_set_them(store: BoundedTrackerStore) -> None:
    place = {"name": "Namur", "lat": 50.4, "lon": 4.8}
    await talk(store, "a", turn(0, place=place, language="it"), *(turn(number) for number in range(1, 20)))
    tracker = await store.retrieve("a")
    assert tracker is not None
    slots = tracker.current_slot_values()
    assert (slots["place"], slots["language"]) == (place, "it")


async def test_the_last_value_of_a_slot_counts_also_when_it_was_emptied(store: BoundedTrackerStore) -> None:
    await talk(store, "a", turn(0, cite="namur"), turn(1, cite="porto"), turn(2, concern="find_job"))
    await talk(store, "a", turn(3, concern=None), *(turn(number) for number in range(4, 20)))
    tracker = await store.retrieve("a")
    assert tracker is not None
    assert (tracker.get_slot("cite"), tracker.get_slot("concern")) == ("porto", None)


async def test_a_reset_of_all_slots_is_not_undone(store: BoundedTrackerStore) -> None:
    await talk(store, "a", turn(0, cite="namur"), [*turn(1), AllSlotsReset()], *(turn(n) for n in range(2, 20)))
    tracker = await store.retrieve("a")
    assert tracker is not None and tracker.get_slot("cite") is None


async def test_a_conversation_that_fits_is_kept_as_it_is(store: BoundedTrackerStore) -> None:
    await talk(store, "a", *(turn(number) for number in range(4)))
    tracker = await store.retrieve("a")
    assert texts(tracker) == [f"message {number}" for number in range(4)]


async def test_a_conversation_that_was_cut_can_go_on(store: BoundedTrackerStore) -> None:
    await talk(store, "a", *(turn(number) for number in range(10)))
    tracker = await store.retrieve("a")
    assert tracker is not None
    assert tracker.latest_action_name == "action_listen"
    assert [type(event) for event in tracker.events][:2] == [ActionExecuted, SessionStarted]
    assert tracker.latest_message is not None and tracker.latest_message.text == "message 9"


async def test_no_conversation_is_none_and_all_are_listed(store: BoundedTrackerStore) -> None:
    assert await store.retrieve("nobody") is None
    await talk(store, "a", turn(1))
    await talk(store, "b", turn(1))
    assert sorted(await store.keys()) == ["a", "b"]


async def test_an_erased_conversation_is_gone_the_others_are_not(store: BoundedTrackerStore, tmp_path: Path) -> None:
    await talk(store, "a", turn(1), turn(2222))
    await talk(store, "b", turn(1))
    assert b"message 2222" in written(tmp_path)
    await store.delete("a")
    await store.delete("a")
    assert b"message 2222" not in written(tmp_path)
    assert await store.retrieve("a") is None
    assert list(await store.keys()) == ["b"]


async def test_erasing_reaches_through_what_rasa_wraps_a_store_in(store: BoundedTrackerStore) -> None:
    wrapped = FailSafeTrackerStore(store)
    await talk(wrapped, "a", turn(1))
    await wrapped.fallback_tracker_store.save(await wrapped.get_or_create_tracker("a"))
    await erase(wrapped, "a")
    assert await store.retrieve("a") is None
    assert await wrapped.fallback_tracker_store.retrieve("a") is None
    assert isinstance(wrapped.fallback_tracker_store, InMemoryTrackerStore)


async def test_old_conversations_are_erased_and_counted(store: BoundedTrackerStore) -> None:
    wrapped = FailSafeTrackerStore(store)
    for sender in "ab":
        await talk(wrapped, sender, turn(1))
    between = time.time()
    await talk(wrapped, "b", turn(2))
    assert await erase_before(wrapped, between) == 1
    assert set(await store.keys()) == {"b"}
    assert await erase_before(wrapped, between) == 0


async def test_two_stores_on_one_file_see_each_other(store: BoundedTrackerStore, url: str) -> None:
    other = BoundedTrackerStore(DOMAIN, url, turns=4)
    await talk(store, "a", turn(1, cite="namur"))
    await talk(other, "a", turn(2))
    await talk(store, "a", turn(3))
    assert texts(await other.retrieve("a")) == ["message 1", "message 2", "message 3"]
    await other.delete("a")
    assert await store.retrieve("a") is None


def _write_many(url: str, name: str) -> None:
    store = BoundedTrackerStore(DOMAIN, url, turns=2)
    for number in range(25):
        asyncio.run(talk(store, f"{name}-{number % 5}", turn(number)))
        asyncio.run(talk(store, f"shared-{number}", turn(number)))


async def test_two_processes_write_at_the_same_time(store: BoundedTrackerStore, url: str) -> None:
    """Rasa's workers share the file: none fails, none loses what the other wrote."""
    processes = [multiprocessing.get_context("fork").Process(target=_write_many, args=(url, name)) for name in "xy"]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0, 0]
    keys = set(await store.keys())
    assert {f"{name}-{number}" for name in "xy" for number in range(5)} <= keys
    assert {f"shared-{number}" for number in range(25)} <= keys
    for name in "xy":
        assert texts(await store.retrieve(f"{name}-4")) == ["message 19", "message 24"]


async def test_another_process_finds_what_was_said(store: BoundedTrackerStore, url: str) -> None:
    await talk(store, "a", turn(1, place={"name": "Liège", "lat": 50.6, "lon": 5.6}), turn(2))
    code = (
        "import asyncio; from tests.dialogue.test_tracker_store import DOMAIN, texts\n"
        f"from {STORE.rsplit('.', 1)[0]} import BoundedTrackerStore\n"
        f"tracker = asyncio.run(BoundedTrackerStore(DOMAIN, {url!r}).retrieve('a'))\n"
        "print(texts(tracker), tracker.get_slot('place')['name'])"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "['message 1', 'message 2'] Liège", done.stderr


async def test_rasa_makes_it_from_the_endpoints(url: str) -> None:
    made = TrackerStore.create(EndpointConfig(url, type=STORE, turns="2"), DOMAIN)
    assert isinstance(made, BoundedTrackerStore)
    await talk(made, "a", *(turn(number) for number in range(5)))
    assert texts(await made.retrieve("a")) == ["message 3", "message 4"]


async def test_without_a_url_it_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("TRACKER_URL", url)
    await talk(BoundedTrackerStore(DOMAIN), "a", turn(1))
    assert texts(await BoundedTrackerStore(DOMAIN, url).retrieve("a")) == ["message 1"]


async def test_in_memory() -> None:
    store = BoundedTrackerStore(DOMAIN, "sqlite://")
    await talk(store, "a", turn(1))
    assert texts(await store.retrieve("a")) == ["message 1"]


async def test_a_fault_of_the_database_does_not_repeat_what_was_written(store: BoundedTrackerStore) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE trackers")
    with pytest.raises(Exception, match="no such table") as raised:
        await talk(store, "a", turn(77))
    assert "message 77" not in str(raised.value)


_EVENTS = st.lists(
    st.one_of(
        st.builds(lambda text: UserUttered(text or "x"), st.text(max_size=5)),
        st.builds(SlotSet, st.sampled_from(["cite", "concern", "language"]), st.none() | st.text(max_size=3)),
        st.builds(AllSlotsReset),
        st.builds(lambda: ActionExecuted("action_listen")),
    ),
    max_size=40,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_EVENTS, st.integers(1, 5))
def test_cutting_changes_no_slot_and_keeps_the_last_turns(events: list[Event], turns: int) -> None:
    whole = DialogueStateTracker("a", DOMAIN.slots)
    cut = DialogueStateTracker("a", DOMAIN.slots)
    kept = bounded(events, turns)
    for event in events:
        whole.update(event, DOMAIN)
    for event in kept:
        cut.update(event, DOMAIN)
    assert cut.current_slot_values() == whole.current_slot_values()
    assert texts(cut) == texts(whole)[-turns:]
    assert bounded(kept, turns) == kept or len(bounded(kept, turns)) <= len(kept)
