"""`python -m bot run`: everything on one machine, kept running by supervisor until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bot.cli import processes, train
from bot.knowledge.paths import ROOT, VAR


@dataclass(frozen=True)
class Ports:
    """Where the three processes listen."""

    host: str
    web: int
    rasa: int
    actions: int

    @classmethod
    def from_environment(cls) -> Ports:
        """Read HOST, PORT, RASA_PORT and ACTIONS_PORT."""
        return cls(
            os.environ.get("HOST") or "127.0.0.1", _port("PORT", 8000), _port("RASA_PORT", 5005),
            _port("ACTIONS_PORT", 5055),
        )

    def taken(self) -> list[tuple[str, int]]:
        """Return the variables whose port something else already uses, with the port."""
        named = (("PORT", self.host, self.web), ("RASA_PORT", "127.0.0.1", self.rasa),
                 ("ACTIONS_PORT", "127.0.0.1", self.actions))
        return [(name, port) for name, host, port in named if not _is_free(host, port)]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options; the rest is in the environment, as the README lists."""
    parser.add_argument("--no-train", action="store_true", help="run the model there is, even if the data changed")


def run(arguments: argparse.Namespace) -> int:
    """Prepare, start, wait until healthy, then wait for Ctrl-C."""
    ports = Ports.from_environment()
    for name, port in ports.taken():
        print(f"Port {port} is in use. Choose another: {name}=… make run", file=sys.stderr)
        return 1
    if not (arguments.no_train and train.MODEL.exists()) and not train.is_up_to_date() and not train.train():
        return 1
    environment = process_environment(ports)
    account = _prepare_database(environment)
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(write_configuration(ports))],
        cwd=ROOT, env=environment,
    )
    signal.signal(signal.SIGTERM, lambda *_: supervisor.terminate())
    try:
        return _watch(supervisor, ports, account)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(supervisor)


def process_environment(ports: Ports) -> dict[str, str]:
    """Return the environment of the three processes: where the others are, and the secret they share."""
    from bot.web.environment import secret

    return {
        **train.quiet_environment(),
        "HOST": ports.host,
        "PORT": str(ports.web),
        "RASA_URL": f"http://127.0.0.1:{ports.rasa}",
        "ACTIONS_URL": f"http://127.0.0.1:{ports.actions}/webhook",
        "RASA_SECRET": secret("RASA_SECRET"),
        "SANIC_HOST": "127.0.0.1",
        "PYTHONUNBUFFERED": "1",
    }


def write_configuration(ports: Ports) -> Path:
    """Write supervisor's configuration under `var/` and return its path."""
    logs = VAR / "log"
    logs.mkdir(parents=True, exist_ok=True)
    programs = {
        "actions": processes.actions_command(ports.actions),
        "rasa": processes.rasa_command(ports.rasa),
        "web": [sys.executable, "-m", "bot.web.serve"],
    }
    user = "user=root\n" if os.geteuid() == 0 else ""  # supervisor asks to be told that this is meant
    text = f"[supervisord]\nnodaemon=true\nsilent=false\nloglevel=info\nlogfile={logs / 'supervisor.log'}\n"
    text += f"pidfile={VAR / 'supervisor.pid'}\nlogfile_maxbytes=1MB\nlogfile_backups=1\n{user}"
    for name, command in programs.items():
        text += _program(name, shlex.join(command), logs)
    path = VAR / "supervisor.conf"
    path.write_text(text.replace("%", "%%"), encoding="utf-8")
    return path


def _program(name: str, command: str, logs: Path) -> str:
    """One program: restarted when it dies, a second later at each failed start."""
    return (
        f"\n[program:{name}]\ncommand={command}\ndirectory={ROOT}\nautorestart=true\nstartsecs=5\nstartretries=1000\n"
        f"stopwaitsecs=10\nstopasgroup=true\nkillasgroup=true\nredirect_stderr=true\n"
        f"stdout_logfile={logs / name}.log\nstdout_logfile_maxbytes=5MB\nstdout_logfile_backups=2\n"
    )


def _prepare_database(environment: dict[str, str]) -> str | None:
    """Bring the tables up to date; returns how to log in when a first advisor's account was made."""
    os.environ.update(environment)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    from bot.web.accounts.making import ensure_first_advisor

    account = ensure_first_advisor()
    return f"{account[0]}, password {account[1]}" if account else None


def _watch(supervisor: subprocess.Popen[bytes], ports: Ports, account: str | None) -> int:
    print("Starting web, Rasa and actions", end="", flush=True)
    if not _wait_until_healthy(supervisor, ports):
        print(f"\nNot everything started. See {VAR / 'log'}.", file=sys.stderr)
        return 1
    web = f"http://{'127.0.0.1' if ports.host == '0.0.0.0' else ports.host}:{ports.web}"
    print(f"\n\n  Demonstration page   {web}/demo/\n  Advisors' desk       {web}/desk/")
    if account:
        print(f"  First account        {account}\n                       (shown this once only)")
    print("\nCtrl-C stops everything.", flush=True)
    return supervisor.wait()


def _wait_until_healthy(supervisor: subprocess.Popen[bytes], ports: Ports) -> bool:
    addresses = [
        processes.actions_health(ports.actions),
        processes.rasa_health(ports.rasa),
        f"http://{ports.host if ports.host != '0.0.0.0' else '127.0.0.1'}:{ports.web}/health",
    ]
    deadline = time.monotonic() + processes.PATIENCE_S
    while time.monotonic() < deadline and supervisor.poll() is None:
        addresses = [address for address in addresses if not processes.is_well(address)]
        if not addresses:
            return True
        print(".", end="", flush=True)
        time.sleep(1)
    return False


def _stop(supervisor: subprocess.Popen[bytes]) -> None:
    if supervisor.poll() is None:
        supervisor.terminate()
    try:
        supervisor.wait(timeout=30)
    except subprocess.TimeoutExpired:
        supervisor.kill()


def _port(name: str, default: int) -> int:
    raw = os.environ.get(name) or str(default)
    if not raw.isdecimal() or not 0 < int(raw) < 65536:
        raise SystemExit(f"{name} must be a port between 1 and 65535, not {raw!r}.")
    return int(raw)


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
