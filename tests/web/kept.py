"""All that the door's database keeps, as bytes to search in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection


def kept() -> bytes:
    """What stands in SQLite's file and beside it; the rows of all tables of PostgreSQL, which writes elsewhere."""
    if connection.vendor == "sqlite":
        connection.close()
        return b"".join(file.read_bytes() for file in files())
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return b"\n".join(_rows(cursor, table) for table in tables)


def files() -> list[Path]:
    """SQLite's file and those that it writes beside it."""
    path = Path(str(connection.settings_dict["NAME"]))
    return list(path.parent.glob(f"{path.name}*"))


def _rows(cursor: Any, table: str) -> bytes:
    cursor.execute(f'SELECT each::text FROM "{table}" AS each')
    return "\n".join(row for (row,) in cursor.fetchall()).encode()
