"""All that the door's database keeps, as bytes to search in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection


def kept() -> bytes:
    """The rows of all tables in words, and with SQLite what stands in its file and beside it."""
    with connection.cursor() as cursor:
        rows = b"\n".join(_rows(cursor, table) for table in connection.introspection.table_names(cursor))
    if connection.vendor != "sqlite":
        return rows
    connection.close()
    return b"\n".join([rows, *(file.read_bytes() for file in files())])


def files() -> list[Path]:
    """SQLite's file and those that it writes beside it."""
    path = Path(str(connection.settings_dict["NAME"]))
    return list(path.parent.glob(f"{path.name}*"))


def _rows(cursor: Any, table: str) -> bytes:
    cursor.execute(f'SELECT * FROM "{table}"')
    return "\n".join(" ".join(map(str, row)) for row in cursor.fetchall()).encode()
