"""What the door reads from the environment, and the secrets it keeps when none is given."""

from __future__ import annotations

import json
import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from bot.knowledge.paths import VAR

_ENGINES = {
    "sqlite": "django.db.backends.sqlite3",
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
}
_LONGEST_DAYS = 365
_LONGEST_MINUTES = 24 * 60
LOOPBACK = ("localhost", "127.0.0.1", "::1", "[::1]")


def text(name: str, default: str = "") -> str:
    """The variable `name`, or `default` when it is missing or empty."""
    return os.environ.get(name) or default


def number(name: str, default: int) -> int:
    """The variable `name` as a whole number; `ImproperlyConfigured` when it is something else."""
    raw = text(name)
    try:
        return int(raw) if raw else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}") from None


def days(name: str, default: int) -> int:
    """The variable `name` as a number of days, one at least; `ImproperlyConfigured` when it is something else."""
    found = number(name, default)
    if not 1 <= found <= _LONGEST_DAYS:
        raise ImproperlyConfigured(f"{name} must be a number of days from 1 to {_LONGEST_DAYS}, not {found}")
    return found


def web_address(name: str) -> str:
    """The variable `name` as an http(s) address, "" when it is missing; `ImproperlyConfigured` when it is none."""
    found = text(name)
    if found and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", found):
        raise ImproperlyConfigured(f"{name} must begin with http:// or https:// and hold no blank")
    return found


def minutes(name: str, default: int) -> int:
    """The variable `name` as a number of minutes, up to a day; `ImproperlyConfigured` when it is something else."""
    found = number(name, default)
    if not 1 <= found <= _LONGEST_MINUTES:
        raise ImproperlyConfigured(f"{name} must be a number of minutes from 1 to {_LONGEST_MINUTES}, not {found}")
    return found


def at_least(name: str, default: int, least: int) -> int:
    """The variable `name` as a number from `least` on; `ImproperlyConfigured` when it is something else."""
    found = number(name, default)
    if found < least:
        raise ImproperlyConfigured(f"{name} must be {least} or more, not {found}")
    return found


def is_alone(host: str, names: list[str]) -> bool:
    """Whether a server that listens on `host` and answers to `names` can be reached from this machine only."""
    return host in LOOPBACK and set(names) <= set(LOOPBACK)


def listed(name: str, default: str = "") -> list[str]:
    """The variable `name` as a list, split at commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret(name: str) -> str:
    """The variable `name`, else a random value made once and kept in `var/secrets.json` (mode 600)."""
    given = text(name)
    if given:
        return given
    path = VAR / "secrets.json"
    kept = _read(path)
    if name not in kept:
        kept[name] = secrets.token_urlsafe(48)
        _write(path, kept)
    return kept[name]


def database(url: str) -> dict[str, Any]:
    """A Django database setting from a URL: `sqlite:///path` or `postgres://user:password@host:port/name`.

    Options of PostgreSQL may follow as a query (`?sslmode=require`). An empty URL is `var/bot.sqlite3`.
    """
    if not url:
        return _sqlite(VAR / "bot.sqlite3")
    parts = urlsplit(url)
    engine = _ENGINES.get(parts.scheme)
    if engine is None:
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgres://")
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path[1:])))
    return {
        "ENGINE": engine,
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # a server that came back has closed the connections it had
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _sqlite(path: Path) -> dict[str, Any]:
    """SQLite where readers never wait (WAL), and where a writer takes its lock at once, or waits up to 10 s."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;"
    pragmas += "PRAGMA secure_delete=ON;"  # else what was erased stays readable in the free pages of the file
    options = {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": pragmas}
    return {
        "ENGINE": _ENGINES["sqlite"],
        "NAME": str(path),
        "OPTIONS": options,
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": str(path.with_name("test.sqlite3"))},
    }


def _read(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{path} cannot be read ({error}): correct it or remove it") from None


def _write(path: Path, values: dict[str, str]) -> None:
    """Write whole or not at all; readable by nobody else."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(values, file, indent=2)
    os.replace(draft, path)
