"""The doors' database, looked at and cut off from beside them: a file of SQLite's, or a database of PostgreSQL's."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2

_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "


class Database:
    """The one at `url` (postgres://…), or without it the file in `folder` that doors make by themselves."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.url = url
        self._file = folder / "bot.sqlite3"

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a question, each `?` in it standing for a value."""
        if self.url:
            return self._ask_postgres(sql, values)
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=10)) as connection:
            return connection.execute(sql, values).fetchall()

    def cut(self, seconds: float) -> None:
        """Break all connections to PostgreSQL, or keep SQLite's only lock for so long: what the doors do then fails."""
        if self.url:
            self._ask_postgres(f"{_OTHERS} pg_backend_pid()", ())
            return
        with closing(sqlite3.connect(self._file, timeout=10, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            time.sleep(seconds)
            connection.execute("ROLLBACK")

    def _ask_postgres(self, sql: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with closing(psycopg2.connect(self.url, connect_timeout=10)) as connection, connection.cursor() as cursor:
            cursor.execute(sql.replace("?", "%s"), values)
            return list(cursor.fetchall())
