"""`python -m bot run`: everything starts, is watched over, and stops; what is wrong is said in one sentence."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.cli import train
from bot.cli.run import Ports
from bot.knowledge.paths import ROOT

PORTS = ("PORT", "RASA_PORT", "ACTIONS_PORT")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(var: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """`run` on free ports, its own `var`, its output in `var/out`."""
    var.mkdir(exist_ok=True)
    environment = {**os.environ, "BOT_VAR": str(var), **{name: str(free_port()) for name in PORTS}}
    for name in ("DATABASE_URL", "TRACKER_URL", "SECRET_KEY", "RASA_SECRET", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    with (var / "out").open("a") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environment, stdout=out, stderr=out, text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored by what runs in the background
        )
    try:
        yield process, environment
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.terminate()  # nothing is left behind to slow down the other tests
            raise


def wait_for(condition: Callable[[], bool], seconds: float, process: subprocess.Popen[str], var: Path) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None and time.monotonic() < deadline, (var / "out").read_text()[-3000:]
        time.sleep(0.3)


def answers(port: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def test_it_starts_watches_over_and_stops(tmp_path: Path) -> None:
    assert train.is_up_to_date() or train.train()
    var = tmp_path / "var"
    with started(var) as (process, environment):
        wait_for(lambda: "Ctrl-C stops everything" in (var / "out").read_text(), 180, process, var)
        shown = (var / "out").read_text()
        assert f"http://127.0.0.1:{environment['PORT']}/demo/" in shown
        assert "password" in shown
        kill_web(var)
        wait_for(lambda: not answers(environment["PORT"]), 20, process, var)
        wait_for(lambda: answers(environment["PORT"]), 60, process, var)
    assert not any(answers(environment[name]) for name in ("PORT", "ACTIONS_PORT"))
    with started(var) as (process, _):
        wait_for(lambda: (var / "out").read_text().count("Ctrl-C stops everything") == 2, 180, process, var)
    assert (var / "out").read_text().count("password") == 1, "the first advisor's password is shown once only"


def kill_web(var: Path) -> None:
    """Kill the door outright, as a crash would."""
    log = (var / "log" / "supervisor.log").read_text()
    spawned = [line for line in log.splitlines() if "spawned: 'web' with pid" in line]
    os.kill(int(spawned[-1].rsplit(" ", 1)[1]), signal.SIGKILL)


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environment = {**os.environ, "BOT_VAR": str(tmp_path), "PORT": str(port)}
        command = [sys.executable, "-m", "bot", "run"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.strip() == f"Port {port} is in use. Choose another: PORT=… make run"


@pytest.mark.parametrize("wrong", ["0", "65536", "abc", "-1", "80 80", "8²"])
def test_a_wrong_port_is_one_sentence(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("PORT", wrong)
    with pytest.raises(SystemExit, match="PORT must be a port between 1 and 65535"):
        Ports.from_environment()
