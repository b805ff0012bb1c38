"""Rasa and the action server, started for a command or a test on free ports and stopped after it."""

from __future__ import annotations

import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.cli import processes, train
from bot.knowledge.paths import ROOT


class StackFailed(Exception):
    """A process did not start; the message says which and shows the end of its log."""


@dataclass
class Stack:
    """The two processes, their addresses and the secret of Rasa's door."""

    folder: Path
    rasa_port: int
    actions_port: int
    secret: str
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def rasa_url(self) -> str:
        """Address of Rasa."""
        return f"http://127.0.0.1:{self.rasa_port}"

    def environment(self) -> dict[str, str]:
        """Return what both processes need to know."""
        return {
            **train.quiet_environment(),
            "ACTIONS_URL": f"http://127.0.0.1:{self.actions_port}/webhook",
            "RASA_SECRET": self.secret,
            "SANIC_HOST": "127.0.0.1",
            "TRACKER_URL": f"sqlite:///{self.folder / 'tracker.sqlite3'}",
        }

    def start(self, name: str) -> None:
        """Start "rasa" or "actions"."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                self._command(name), cwd=ROOT, env=self.environment(), stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """Kill a process outright, as a crash would."""
        process = self.processes.pop(name)
        os.killpg(process.pid, 9)
        process.wait()

    def wait(self, name: str) -> None:
        """Wait until a process is healthy; raises `StackFailed`."""
        is_rasa = name == "rasa"
        health = processes.rasa_health(self.rasa_port) if is_rasa else processes.actions_health(self.actions_port)
        deadline = time.monotonic() + processes.PATIENCE_S
        while not processes.is_well(health):
            if self.processes[name].poll() is not None or time.monotonic() > deadline:
                raise StackFailed(f"{name} did not start:\n{self._end_of_log(name)}")
            time.sleep(0.2)

    def _command(self, name: str) -> list[str]:
        if name == "rasa":
            return processes.rasa_command(self.rasa_port)
        return processes.actions_command(self.actions_port)

    def _end_of_log(self, name: str) -> str:
        return "\n".join((self.folder / f"{name}.log").read_text(errors="replace").splitlines()[-15:])


@contextmanager
def running(folder: Path) -> Iterator[Stack]:
    """Run Rasa and the action server, their files and logs in `folder`, and stop them at the end."""
    stack = Stack(folder, processes.free_port(), processes.free_port(), secrets.token_urlsafe(24))
    with ExitStack() as cleanup:
        for name in ("actions", "rasa"):
            stack.start(name)
        cleanup.callback(_kill_all, stack)
        for name in ("actions", "rasa"):
            stack.wait(name)
        yield stack


def _kill_all(stack: Stack) -> None:
    for name in list(stack.processes):
        stack.kill(name)
