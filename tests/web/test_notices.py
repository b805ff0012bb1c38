"""Announcements entered at the desk: what is refused, what is written, who may, and what the answers then say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from actions.opening_hours import OpeningHours
from bot.knowledge import hours, kept, notices, public_holidays
from bot.knowledge.cites import load_cites
from bot.knowledge.paths import ROOT
from bot.web.audit.models import Entry
from bot.web.notices import publishing
from bot.web.notices.models import Board, Notice
from bot.web.words import word
from tests.actions.turns import answer, said

from .faulty import assert_tied
from .staff import account, signed_in

pytestmark = pytest.mark.django_db
BOARD = "/desk/notices/"


def next_monday() -> date:
    """One that begins four days without a public holiday."""
    today = publishing.today("demo")
    monday = today + timedelta(days=7 - today.weekday())
    while any(public_holidays.holiday("FR", None, monday + timedelta(days=number)) for number in range(4)):
        monday += timedelta(days=7)
    return monday


MONDAY = next_monday()
CLOSED = {"cite": "demo", "kind": "closed", "first": MONDAY.isoformat(), "last": "", "days": []}
OTHER = {**CLOSED, "kind": "hours", "days": ["Mo", "Tu"], "opens_1": "10:00", "closes_1": "12:00",
         "opens_2": "14:00", "closes_2": "15:30"}  # fmt: skip
WORD = {**CLOSED, "kind": "word", "words_fr": "La salle 2 est fermée.", "words_en": "Room 2 is closed."}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for the files, looked at afresh by every question."""
    monkeypatch.setattr(notices, "FOLDER", tmp_path / "notices")
    monkeypatch.setattr(kept, "LOOK_EVERY_S", 0.0)
    load_cites.cache_clear()
    yield tmp_path / "notices"
    load_cites.cache_clear()


@pytest.fixture
def sofia() -> Client:
    return signed_in(account("Sofia"))


def announce(client: Client, fields: dict[str, Any], status: int = 200) -> str:
    found = client.post(f"{BOARD}new", fields, follow=True)
    assert found.status_code == status
    return unescape(found.content.decode())


def ranges(day: date) -> list[str]:
    found = hours.day(load_cites()["demo"], day)
    return [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in found.ranges]


def told(text: str = "ouvert ?") -> Any:
    """What the action that tells hours answers on that Monday at 11."""
    now = datetime.combine(MONDAY, datetime.min.time()).replace(hour=11).isoformat() + "+01:00"
    return answer(OpeningHours(), said("ask_opening_hours", text, cite="demo", now=now))


def test_closed_at_the_desk_is_closed_in_the_next_answer(sofia: Client) -> None:
    assert told().responses[0] == "open_now"
    shown = announce(sofia, {**CLOSED, "words_fr": "Formation de l'équipe."})
    assert "l'assistant en tient compte dès maintenant" in shown
    assert "Cité des métiers de démonstration" in shown and "Formation de l'équipe." in shown
    found = told()
    assert found.responses[0] == "closed_now"
    closure = found.message("closure_announced_note").text
    assert "annoncée par la Cité le" in closure and "Formation de l'équipe." in closure


def test_other_hours_and_a_word(sofia: Client) -> None:
    assert ranges(MONDAY) == ["09:30-17:30"]
    announce(sofia, {**OTHER, "last": (MONDAY + timedelta(days=2)).isoformat()})
    assert [ranges(MONDAY + timedelta(days=each)) for each in range(4)][:3] == [
        ["10:00-12:00", "14:00-15:30"], ["10:00-12:00", "14:00-15:30"], [],
    ]  # fmt: skip
    assert ranges(MONDAY + timedelta(days=3)) == ["09:30-19:00"]
    announce(sofia, WORD)
    found = told()
    assert "10 h – 12 h et 14 h – 15 h 30" in found.message("notice_hours").text
    assert "La salle 2 est fermée." in found.message("notice").text


def test_withdrawn_is_told_no_longer(sofia: Client) -> None:
    announce(sofia, CLOSED)
    (notice,) = Notice.objects.all()
    sure = sofia.get(f"{BOARD}{notice.pk}/withdraw").content.decode()
    assert "Oui, retirer" in sure
    assert ranges(MONDAY) == []
    assert "retirée" in sofia.post(f"{BOARD}{notice.pk}/withdraw", follow=True).content.decode()
    assert ranges(MONDAY) == ["09:30-17:30"]
    assert sofia.post(f"{BOARD}{notice.pk}/withdraw").status_code == 404
    shown = unescape(sofia.get(BOARD).content.decode())
    assert "Annonces terminées ou retirées" in shown and "Retirée par" in shown


def test_the_page_reads_no_more_than_it_shows(sofia: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    who, today = account("Marc"), publishing.today("demo")
    days = [("demo", -1)] * 60 + [("demo", 0), ("demo", 9)] + [("paris", 9)] * 5 + [("paris", -1)] * 5
    for cite, after in days:
        day = today + timedelta(days=after)
        Notice.objects.create(cite=cite, kind="word", first=day, last=day, words={"fr": "Travaux."}, by=who)
    read: list[str] = []
    really = Notice.from_db.__func__

    def counted(cls: type[Notice], db: str | None, names: Any, values: Any) -> Notice:
        found = really(cls, db, names, values)
        read.append(found.cite)
        return found  # type: ignore[no-any-return]

    monkeypatch.setattr(Notice, "from_db", classmethod(counted))
    shown = sofia.get(BOARD)
    assert len(shown.context["standing"]) == 2
    assert len(shown.context["past"]) == 50
    assert read == ["demo"] * 52


def test_it_is_another_day_where_the_clock_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    who, day = account("Marc"), date(2026, 3, 10)
    for cite in "demo", "la-reunion":
        Notice.objects.create(cite=cite, kind="word", first=day, last=day, words={"fr": "Travaux."}, by=who)
    late = datetime(2026, 3, 10, 21, 30, tzinfo=timezone.utc)  # past midnight on La Réunion, not in France
    monkeypatch.setattr(publishing.timezone, "now", lambda: late)
    over = Notice.objects.filter(publishing.over(["demo", "la-reunion"]))
    assert [each.cite for each in over] == ["la-reunion"]


def test_what_is_over_leaves_the_file_by_itself(sofia: Client, folder: Path) -> None:
    who = account("Marc")
    past = publishing.today("demo") - timedelta(days=3)
    publishing.announce(who, cite="demo", kind="closed", first=past, last=past, hours="", words={})
    assert not (folder / "demo.yml").exists()
    announce(sofia, WORD)
    assert "kind: closed" not in (folder / "demo.yml").read_text("utf-8")
    Notice.objects.update(last=past, first=past)
    publishing.publish_all()
    assert not (folder / "demo.yml").exists()


@pytest.mark.parametrize(
    ("fields", "field", "key"),
    [
        ({**CLOSED, "cite": "atlantis"}, "cite", "no_cite"),
        ({**CLOSED, "kind": "open"}, "kind", "no_kind"),
        ({**CLOSED, "first": ""}, "first", "no_day"),
        ({**CLOSED, "first": "2027-02-30"}, "first", "no_day"),
        ({**CLOSED, "last": "soon"}, "last", "no_day"),
        ({**CLOSED, "last": "2020-01-01"}, "last", "backwards"),
        ({**CLOSED, "first": "2020-01-01"}, "last", "over"),
        ({**CLOSED, "last": (MONDAY + timedelta(days=500)).isoformat()}, "last", "too_long"),
        ({**WORD, "words_fr": "", "words_en": " "}, "words", "no_words"),
        ({**WORD, "words_fr": "x" * 501}, "words", "words_length"),
        ({**OTHER, "days": []}, "hours", "no_hours"),
        ({**OTHER, "closes_1": ""}, "hours", "bad_hours"),
        ({**OTHER, "closes_1": "09:00"}, "hours", "bad_hours"),
        ({**OTHER, "opens_1": "dix heures"}, "hours", "bad_hours"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(sofia: Client, fields: dict[str, Any], field: str, key: str) -> None:
    shown = announce(sofia, fields, 422)
    assert word(f"notices.{key}", "fr") in shown
    assert_tied(shown, field, {"words": "words_fr", "hours": "opens_1"}.get(field, ""))
    assert not Notice.objects.exists()
    assert not Entry.objects.filter(action="notice").exists()


def test_of_several_texts_those_that_are_wrong_are_marked(sofia: Client) -> None:
    shown = announce(sofia, {**WORD, "words_fr": "Bienvenue.", "words_it": "x", "words_pt": "x"}, 422)
    marked = re.findall(r'<textarea id="(\w+)"[^>]*aria-invalid="true"( autofocus)?', shown)
    assert marked == [("words_it", " autofocus"), ("words_pt", "")]


def test_two_things_for_one_day_are_refused(sofia: Client, folder: Path) -> None:
    announce(sofia, CLOSED)
    before = (folder / "demo.yml").read_bytes()
    assert "Une autre annonce change déjà les horaires" in announce(sofia, OTHER, 422)
    announce(sofia, WORD)
    assert Notice.objects.count() == 2
    assert (folder / "demo.yml").read_bytes() != before


def test_what_the_reader_of_the_files_refuses_is_not_kept(folder: Path) -> None:
    """Whatever a form lets through: the same code as `check` has the last word, and nothing is left half done."""
    who = account("Marc")
    publishing.announce(who, cite="demo", kind="closed", first=MONDAY, last=MONDAY, hours="", words={})
    before = (folder / "demo.yml").read_bytes()
    with pytest.raises(publishing.Faulty) as refused:
        publishing.announce(who, cite="demo", kind="hours", first=MONDAY, last=MONDAY, hours="whenever", words={})
    assert any("are not understood" in str(fault) for fault in refused.value.faults)
    assert Notice.objects.count() == 1 and Entry.objects.filter(action="notice").count() == 1
    assert (folder / "demo.yml").read_bytes() == before
    assert [each.name for each in folder.iterdir()] == ["demo.yml"]


def test_a_lost_file_is_written_again(folder: Path, sofia: Client) -> None:
    announce(sofia, CLOSED)
    (folder / "demo.yml").unlink()
    publishing.publish_all()
    assert ranges(MONDAY) == []


def test_a_cite_that_announced_nothing_has_no_file(folder: Path) -> None:
    publishing.publish_all()
    assert not Board.objects.exists() and not folder.exists()


def test_each_is_written_down_with_its_cite(sofia: Client) -> None:
    announce(sofia, CLOSED)
    notice = Notice.objects.get()
    sofia.post(f"{BOARD}{notice.pk}/withdraw")
    lines = list(Entry.objects.filter(action="notice").values_list("kind", "object", "cite"))
    assert lines == [("notice", str(notice.pk), "demo")] * 2


def test_nobody_announces_without_an_account() -> None:
    for path in "", "new", "1/withdraw":
        assert Client().get(f"{BOARD}{path}")["Location"].startswith("/desk/login")
    assert Client().post(f"{BOARD}new", CLOSED).status_code == 302
    assert not Notice.objects.exists()


@pytest.mark.parametrize("language", ["fr", "en", "es", "it", "pt"])
def test_the_pages_speak_the_reader_s_language(language: str) -> None:
    client = signed_in(account("Sofia", language))
    announce(client, {**WORD, "last": (MONDAY + timedelta(days=9)).isoformat()})
    for path in "", "new", f"{Notice.objects.get().pk}/withdraw":
        found = client.get(f"{BOARD}{path}")
        assert f'<html lang="{language}">' in found.content.decode()
        assert "no-store" in found["Cache-Control"]


def test_words_are_text_and_never_markup(sofia: Client) -> None:
    shown = sofia.post(f"{BOARD}new", {**WORD, "words_fr": "<b>Attention</b>"}, follow=True).content.decode()
    assert "<b>Attention" not in shown and "&lt;b&gt;Attention" in shown


def test_another_process_tells_it_at_the_next_question(tmp_path: Path, folder: Path, sofia: Client) -> None:
    """As the actions run: a process without Django, asked again, never restarted."""
    program = (
        "import sys\nfrom datetime import date\nfrom bot.knowledge import hours\n"
        "from bot.knowledge.cites import load_cites\n"
        "for line in sys.stdin:\n"
        "    print(len(hours.day(load_cites()['demo'], date.fromisoformat(line.strip())).ranges), flush=True)\n"
        "assert 'django' not in sys.modules"
    )
    environment = {**os.environ, "BOT_VAR": str(tmp_path)}
    running = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=environment,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # fmt: skip

    def ask() -> str:
        assert running.stdin and running.stdout
        running.stdin.write(f"{MONDAY}\n")
        running.stdin.flush()
        return running.stdout.readline().strip()

    with running:
        assert ask() == "1"
        announce(sofia, CLOSED)
        time.sleep(1.1)
        assert ask() == "0"
    assert running.returncode == 0
