"""Doors on one database, of which one is killed outright now and then, and started again."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from bot.cli.processes import free_port, is_well
from bot.knowledge.paths import ROOT

from .database import Database

_PATIENCE = 90  # seconds for a door to come up on a busy machine

Row = tuple[int, str, str, "str | None", str]
"""seq, author, text, client id, progress."""


class Doors:
    """Their files and logs are in `folder`. Start them, send people to `any_url()`, stop them."""

    def __init__(
        self,
        folder: Path,
        rasa_url: str,
        secret: str,
        lease: int,
        chance: random.Random,
        count: int = 2,
        settings: str = "tests.soak.settings",
        database_url: str = "",
    ) -> None:
        self._folder, self._chance = folder, chance
        self._ports = [free_port() for _ in range(count)]
        self.database = Database(folder, database_url)
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        unset = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self._environment = unset | {
            "BOT_VAR": str(folder), "RASA_URL": rasa_url, "RASA_SECRET": secret, "SOAK_LEASE": str(lease),
            "DJANGO_SETTINGS_MODULE": settings, "LOG_LEVEL": "WARNING",
        } | ({"DATABASE_URL": database_url} if database_url else {})  # fmt: skip
        self.kills = 0

    async def start(self) -> None:
        """Make the tables, then have both doors answer."""
        await self.run("bot.web.manage", "migrate")
        await asyncio.gather(*map(self._open, self._ports))

    async def run(self, *module: str) -> str:
        """Run a module of Python's, with its words, in the doors' environment; what it prints."""
        command = [sys.executable, "-m", *module]
        work = asyncio.to_thread(
            subprocess.run, command, cwd=ROOT, env=self._environment, capture_output=True, text=True, timeout=_PATIENCE
        )
        done = await work
        if done.returncode:
            raise RuntimeError(f"{module[0]} failed:\n{done.stderr}")
        return done.stdout

    def any_url(self) -> str:
        """The address of the API at one of the doors, as a balancer before them would choose."""
        return f"{self.any_door()}/api/v1"

    def any_door(self) -> str:
        """The address of one of the doors."""
        return f"http://127.0.0.1:{self._chance.choice(self._ports)}"

    def each(self) -> list[str]:
        """The addresses of all."""
        return [f"http://127.0.0.1:{port}" for port in self._ports]

    async def kill_now_and_then(self, pause: tuple[float, float]) -> None:
        """Until cancelled: kill one, leave it dead for a moment, start it again. The other one answers meanwhile."""
        for number in range(1_000_000):
            await asyncio.sleep(self._chance.uniform(*pause))
            await self.kill(number, self._chance.uniform(0, 1))

    async def kill(self, number: int, pause: float) -> None:
        """Kill one of them, whichever `number` falls to, and start it again after a pause of so many seconds."""
        port = self._ports[number % len(self._ports)]
        self._processes[port].kill()
        self._processes[port].wait()
        self.kills += 1
        await asyncio.sleep(pause)
        await self._open(port)

    async def mend(self) -> None:
        """Have both answer again, should the last kill have been interrupted."""
        for port in self._ports:
            if self._processes[port].poll() is not None:
                self._processes[port] = self._serve(port)
            await self._answers(port)

    def stop(self) -> None:
        """End both, as a system that shuts down does."""
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.wait(20)

    def unanswered(self) -> int:
        """How many messages Rasa has still to answer."""
        wanted = "SELECT count(*) FROM conversations_message WHERE progress IN ('pending', 'sent')"
        return int(self.database.ask(wanted)[0][0])

    def stored(self, conversation: str) -> list[Row]:
        """What the database holds of a conversation and its person is shown, in order."""
        wanted = "SELECT seq, author, text, client_id, progress FROM conversations_message WHERE conversation_id = ?"
        found = self.database.ask(f"{wanted} AND author != 'signal' ORDER BY seq", conversation)
        return [(seq, author, text, client_id, progress) for seq, author, text, client_id, progress in found]

    async def _open(self, port: int) -> None:
        self._processes[port] = self._serve(port)
        await self._answers(port)

    async def _answers(self, port: int) -> None:
        """Wait until a door does."""
        end = time.monotonic() + _PATIENCE
        while not await asyncio.to_thread(is_well, f"http://127.0.0.1:{port}/health"):
            if time.monotonic() > end or self._processes[port].poll() is not None:
                raise RuntimeError(f"a door did not start: see {self._folder / 'web.log'}")
            await asyncio.sleep(0.1)

    def _serve(self, port: int) -> subprocess.Popen[bytes]:
        return self._popen("bot.web.serve", port=port)

    def _popen(self, *module: str, port: int = 0) -> subprocess.Popen[bytes]:
        with (self._folder / "web.log").open("ab") as log:
            own = {**self._environment, "PORT": str(port)}
            return subprocess.Popen([sys.executable, "-m", *module], cwd=ROOT, env=own, stdout=log, stderr=log)
