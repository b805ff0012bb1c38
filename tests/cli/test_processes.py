"""How the processes of `run` and of `talk` are started and asked whether they are well."""

from __future__ import annotations

import configparser
import shlex
from pathlib import Path

import pytest

from bot.cli import processes, run, train
from tests.knowledge.site import serve, serving


@pytest.mark.parametrize(
    ("body", "status", "well"),
    [
        *((b'{"ready":true}', 200, True), (b"", 200, True), (b'{"ready":false}', 200, False)),
        *((b"", 204, False), (b"", 503, False)),
    ],
)
def test_a_process_is_well_when_it_says_so(body: bytes, status: int, well: bool) -> None:
    with serving() as site:
        site.answer = serve(body, status)
        assert processes.is_well(site.url) is well
    assert not processes.is_well(site.url)  # it has gone


def test_supervisor_starts_what_the_terminal_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the folder is called."""
    monkeypatch.setattr(run, "VAR", tmp_path)
    monkeypatch.setattr(train, "MODEL", Path("/srv/50 % d'essai/model.tar.gz"))
    told = configparser.ConfigParser()
    told.read(run.write_configuration(run.Ports("127.0.0.1", 8000, 5005, 5055)), "utf-8")
    assert shlex.split(told["program:rasa"]["command"]) == processes.rasa_command(5005)
    assert shlex.split(told["program:actions"]["command"]) == processes.actions_command(5055)
