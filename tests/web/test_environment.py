"""What is read from the environment, and secrets."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from bot.web import environment


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(environment, "VAR", tmp_path / "var")
    return tmp_path / "var"


def test_a_secret_is_made_once_and_readable_by_nobody_else(var: Path) -> None:
    first = environment.secret("A_SECRET_OF_TESTS")
    assert len(first) > 40
    assert environment.secret("A_SECRET_OF_TESTS") == first
    assert environment.secret("ANOTHER_SECRET_OF_TESTS") != first
    file = var / "secrets.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in var.iterdir()] == ["secrets.json"]


def test_a_secret_of_the_environment_is_not_written(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET_OF_TESTS", "given")
    assert environment.secret("A_SECRET_OF_TESTS") == "given"
    assert not var.exists()


def test_a_broken_secrets_file_is_named(var: Path) -> None:
    var.mkdir()
    (var / "secrets.json").write_text("{")
    with pytest.raises(ImproperlyConfigured, match="secrets.json"):
        environment.secret("A_SECRET_OF_TESTS")


def test_sqlite_is_the_default_and_waits_for_its_turn(var: Path) -> None:
    setting = environment.database("")
    assert setting["NAME"] == str(var / "bot.sqlite3")
    assert setting["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in setting["OPTIONS"]["init_command"]
    assert "busy_timeout" in setting["OPTIONS"]["init_command"]


def test_urls_of_databases(tmp_path: Path) -> None:
    assert environment.database(f"sqlite:///{tmp_path}/a%20b.sqlite3")["NAME"] == f"{tmp_path}/a b.sqlite3"
    setting = environment.database("postgres://me:p%40ss@db.example:5433/bot?sslmode=require")
    assert setting["ENGINE"] == "django.db.backends.postgresql"
    assert (setting["NAME"], setting["USER"], setting["PASSWORD"]) == ("bot", "me", "p@ss")
    assert (setting["HOST"], setting["PORT"]) == ("db.example", 5433)
    assert setting["OPTIONS"] == {"sslmode": "require"}
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        environment.database("mysql://x/y")


def test_numbers_and_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_NUMBER_OF_TESTS", "12")
    assert environment.number("A_NUMBER_OF_TESTS", 3) == 12
    monkeypatch.setenv("A_NUMBER_OF_TESTS", "")
    assert environment.number("A_NUMBER_OF_TESTS", 3) == 3
    monkeypatch.setenv("A_NUMBER_OF_TESTS", "many")
    with pytest.raises(ImproperlyConfigured, match="A_NUMBER_OF_TESTS"):
        environment.number("A_NUMBER_OF_TESTS", 3)
    monkeypatch.setenv("A_LIST_OF_TESTS", " a, b ,,c")
    assert environment.listed("A_LIST_OF_TESTS") == ["a", "b", "c"]


def test_a_number_has_a_least(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.at_least("A_NUMBER_OF_TESTS", 60, 5) == 60
    monkeypatch.setenv("A_NUMBER_OF_TESTS", "4")
    with pytest.raises(ImproperlyConfigured, match="A_NUMBER_OF_TESTS must be 5 or more, not 4"):
        environment.at_least("A_NUMBER_OF_TESTS", 60, 5)


@pytest.mark.parametrize(
    ("host", "names", "alone"),
    [
        ("127.0.0.1", ["localhost", "127.0.0.1", "[::1]"], True),
        ("0.0.0.0", ["localhost"], False),
        ("127.0.0.1", ["localhost", "desk.example"], False),
        ("127.0.0.1", ["*"], False),
    ],
)
def test_whether_others_can_come(host: str, names: list[str], alone: bool) -> None:
    assert environment.is_alone(host, names) == alone


@pytest.mark.parametrize(
    ("name", "value"),
    [("HTTPS", "1"), ("HOST", "0.0.0.0"), ("ALLOWED_HOSTS", "desk.example"), ("CSRF_TRUSTED_ORIGINS", "https://x.example")],
)
def test_a_desk_that_others_can_reach_lets_no_second_factor_wait(name: str, value: str) -> None:
    show = [sys.executable, "-c", "from bot.web import settings; print(settings.FACTOR_MAY_WAIT)"]
    kept = {key: text for key, text in os.environ.items() if key not in ("HTTPS", "HOST", "ALLOWED_HOSTS")}
    told = [subprocess.run(show, env=env, capture_output=True, text=True, check=True).stdout.strip()
            for env in (kept, {**kept, name: value})]  # fmt: skip
    assert told == ["True", "False"]


def test_whatever_its_names_the_door_answers_on_its_own_machine() -> None:
    show = [sys.executable, "-c", "from bot.web import settings; print(settings.ALLOWED_HOSTS)"]
    environment_ = {**os.environ, "ALLOWED_HOSTS": "desk.example"}
    told = subprocess.run(show, env=environment_, capture_output=True, text=True, check=True).stdout
    assert "'desk.example'" in told and "'127.0.0.1'" in told
