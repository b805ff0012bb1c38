"""`python -m bot lessons`: what is exported, in which form, what is left out, and that it is exported once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli import examples, lessons
from bot.cli.main import main
from bot.web.conversations import writing
from bot.web.conversations.models import Author, Message
from bot.web.desk.models import Advisor, Role
from bot.web.review import reviewing
from bot.web.review.models import Review
from tests.web.helpers import begin, choose, conversation, say
from tests.web.staff import account

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def taught() -> examples.Example:
    """The longest French example: it stands nowhere else."""
    return max((each for each in examples.read() if each.language == "fr"), key=lambda each: len(each.text))


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """What stands somewhere already, read once for all tests."""
    return lessons._known()


@pytest.fixture(autouse=True)
def _read_once(known: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lessons, "_known", lambda: dict(known))


@pytest.fixture
def coordinator() -> Advisor:
    return account("Sofia", role=Role.COORDINATOR, cite="demo")


def reviewed(who: Advisor, text: str, reply: str = "Pardon ?", language: str = "fr", **fields: str) -> Review:
    """Somebody said `text`, the bot `reply`, and `who` reviewed that."""
    talk = begin(cite="demo", language=language)
    say(talk, text)
    Message.objects.filter(conversation_id=talk).update(language=language)
    answer = writing.add(conversation(talk), Author.BOT, text=reply, payload={"intent": "nlu_fallback"})
    return reviewing.keep(who, answer, reviewing.read({"state": "to_review", **fields}), 0)


def export(out: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    assert main(["lessons", "--out", str(out), *options]) == 0
    return capsys.readouterr().out.splitlines()


def test_messages_become_training_data_that_rasa_reads(
    coordinator: Advisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

    reviewed(coordinator, "je veux   apprendre un truc\nmais quoi: rien #idée", intent="choose_career")
    reviewed(coordinator, "[Lyon](place) c'est là {que} je veux [tout][rien]", intent="choose_career")
    reviewed(coordinator, "appelez le 06 12 34 56 78 svp zut", intent="ask_contact")
    reviewed(coordinator, "i'd like zorbing lessons 👍 ok", language="en", intent="find_training")
    told = export(tmp_path / "out", capsys)
    assert told == [f"messages to learn from: 4, in {tmp_path / 'out' / 'nlu'}", "facts to correct: 0"]
    files = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.yml"))
    assert files == ["nlu/en/find_training.yml", "nlu/fr/ask_contact.yml", "nlu/fr/choose_career.yml"]
    read = [example for file in files for example in RasaYAMLReader().read(tmp_path / "out" / file).training_examples]
    found = {(each.get("intent"), each.get("text")) for each in read}
    assert found == {
        ("choose_career", "je veux apprendre un truc mais quoi: rien #idée"),
        ("choose_career", "[Lyon] (place) c'est là {que} je veux [tout] [rien]"),
        ("ask_contact", "appelez le [phone] svp zut"),
        ("find_training", "i'd like zorbing lessons 👍 ok"),
    }
    assert not any(each.get("entities") for each in read)
    raw = yaml.safe_load((tmp_path / "out" / files[0]).read_text("utf-8"))
    assert raw["version"] == "3.1" and raw["nlu"][0]["metadata"] == {"language": "en"}


def test_what_stands_in_the_data_or_in_the_test_sets_is_left_out_and_said(
    coordinator: Advisor, taught: examples.Example, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = lessons._MARKED.sub(r"\1", taught.text)
    tested = yaml.safe_load((lessons.TEST_SETS / "fr.yml").read_text("utf-8"))[0]["messages"][0]["text"]
    reviewed(coordinator, f" {plain.upper()} !", intent="find_job")
    reviewed(coordinator, tested, intent="find_job")
    reviewed(coordinator, "zorbing et plongée", intent="find_job")
    reviewed(coordinator, "Zorbing et plongée…", intent="find_job")
    told = export(tmp_path / "out", capsys)
    assert told[0] == f"left out, one for find_job (fr): it stands in data/nlu/{taught.place}"
    assert told[1] == "left out, one for find_job (fr): it stands in the test set fr.yml"
    assert told[2] == "left out, one for find_job (fr): it stands in this export already"
    assert told[3].startswith("messages to learn from: 1,")
    assert not any("zorbing" in line.lower() or plain in line for line in told)  # places, no message


def test_facts_become_a_list_without_any_name(
    coordinator: Advisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hours = {"reason": "wrong_fact", "cite": "demo", "field": "hours", "answer": "Fermé le lundi (affiche)"}
    reviewed(coordinator, "ouvert ?", "Ouvert lundi.", **hours)
    phone = {"reason": "stale", "cite": "caen", "field": "phone", "answer": "+33 2 31 00 00 00"}
    reviewed(account("Marc", cite="caen"), "le tel ?", "Le +33 2 31 99 99 99.", **phone)
    reviewed(coordinator, "sans valeur", cite="demo", field="hours")
    export(tmp_path / "out", capsys)
    told = yaml.safe_load((tmp_path / "out" / "facts.yml").read_text("utf-8"))
    day = told[0].pop("on")
    assert len(day) == 10
    assert told[0] == {
        "cite": "demo", "field": "hours", "reason": "wrong_fact", "said": "Ouvert lundi.",
        "right": "Fermé le lundi (affiche)", "by": "coordinator",
    }  # fmt: skip
    assert (told[1]["said"], told[1]["right"], told[1]["by"]) == (
        "Le +33 2 31 99 99 99.", "+33 2 31 00 00 00", "advisor",
    )  # fmt: skip
    assert len(told) == 2
    text = (tmp_path / "out" / "facts.yml").read_text("utf-8")
    assert "Sofia" not in text and "marc" not in text


def test_each_is_exported_once_unless_it_is_changed_or_asked_for_again(
    coordinator: Advisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review = reviewed(coordinator, "zorbing ou rien", intent="find_job")
    assert export(tmp_path / "one", capsys)[0].startswith("messages to learn from: 1")
    assert Review.objects.get().exported is not None
    assert export(tmp_path / "two", capsys) == ["messages to learn from: 0", "facts to correct: 0"]
    assert not (tmp_path / "two").exists()
    assert export(tmp_path / "three", capsys, "--again")[0].startswith("messages to learn from: 1")
    reviewing.keep(coordinator, review.message, reviewing.read({"state": "to_review", "intent": "change_job"}), 1)
    export(tmp_path / "four", capsys)
    assert (tmp_path / "four" / "nlu" / "fr" / "change_job.yml").is_file()


def test_what_is_left_as_it_is_and_what_was_only_chosen_teach_nothing(
    coordinator: Advisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewed(coordinator, "zorbing ou rien", state="wont_fix", intent="find_job")
    talk = begin(cite="demo")
    offered = [("Les horaires", "/ask_opening_hours")]
    writing.add(conversation(talk), Author.BOT, choices=offered, text="Que voulez-vous ?")
    choose(talk, "Les horaires")
    answer = writing.add(conversation(talk), Author.BOT, text="Ouvert.", payload={"intent": "ask_opening_hours"})
    reviewing.keep(coordinator, answer, reviewing.read({"state": "to_review", "intent": "ask_events"}), 0)
    assert export(tmp_path / "out", capsys) == ["messages to learn from: 0", "facts to correct: 0"]


def test_a_folder_that_holds_something_is_left_alone(
    coordinator: Advisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("x")
    reviewed(coordinator, "zorbing ou rien", intent="find_job")
    assert main(["lessons", "--out", str(tmp_path)]) == 1
    assert "holds something already" in capsys.readouterr().err
    assert Review.objects.get().exported is None


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_marked(
    coordinator: Advisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    reviewed(coordinator, "zorbing ou rien", intent="find_job")
    assert main(["lessons", "--out", str(tmp_path / "file" / "out")]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert Review.objects.get().exported is None


def test_nothing_of_the_project_is_changed(
    coordinator: Advisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def state() -> list[Any]:
        return [(path, path.stat().st_mtime_ns) for path in sorted(examples.FOLDER.rglob("*"))]

    before = state()
    reviewed(coordinator, "zorbing ou rien", intent="find_job")
    export(tmp_path / "out", capsys)
    assert state() == before
