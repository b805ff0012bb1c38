"""The audit of the locked packages, against a service on this machine that speaks the OSV protocol.

Shapes: https://google.github.io/osv.dev/post-v1-query/ and https://ossf.github.io/osv-schema/
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from deploy import audit

HASH = "--hash=sha256:" + "0" * 64


class Service(ThreadingHTTPServer):
    """Knows one vulnerability, of six 1.17.0; `status` other than 200 is an outage, and it may be `silent`."""

    status = 200
    silent = 0.0


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(self.server.silent)
        body = json.dumps({"vulns": [_VULNERABILITY]} if asked["package"]["name"] == "six" else {}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


_VULNERABILITY = {
    "id": "PYSEC-2026-1",
    "aliases": ["CVE-2026-11111"],
    "details": "Something bad.",
    "modified": "2026-01-02T00:00:00Z",
    "published": "2026-01-01T00:00:00Z",
    "affected": [
        {
            "package": {"name": "six", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.18.0"}]}],
            "versions": ["1.17.0"],
        }
    ],
}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    server = Service(("127.0.0.1", 0), _Handler)
    monkeypatch.setenv("OSV_URL", f"http://127.0.0.1:{server.server_address[1]}/v1/query")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def entry(name: str, package: str, until: str) -> str:
    return f"- {{id: {name}, package: {package}, why: never called, until: {until}}}\n"


SIX = f"six==1.17.0 {HASH}\nidna==3.10 {HASH}\n"
TODAY = date(2026, 11, 27)


def test_what_is_known_fails_and_is_told_unless_the_list_passes_over_it(
    tmp_path: Path, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = written(tmp_path, "x.txt", SIX)
    assert audit.audit([lock], written(tmp_path, "list.yml", "[]"), TODAY) == 1
    told = capsys.readouterr()
    assert told.out == "x.txt: 1 known vulnerabilities\n"
    assert told.err == "  six 1.17.0: PYSEC-2026-1, CVE-2026-11111 (mended in 1.18.0)\n"
    listed = written(tmp_path, "list.yml", entry("CVE-2026-11111", "six", "2026-12-31"))
    assert audit.audit([lock], listed, TODAY) == 0


@pytest.mark.parametrize(
    ("listed", "left"),
    [
        ("", 1),
        (entry("PYSEC-2026-1", "six", "2026-11-27"), 0),
        (entry("CVE-2026-11111", "six", "2999-01-01"), 0),
        (entry("PYSEC-2026-1", "six", "2026-11-26"), 1),
        (entry("PYSEC-2026-1", "idna", "2999-01-01"), 1),
        (entry("PYSEC-2026-2", "six", "2999-01-01"), 1),
    ],
)
def test_the_list_passes_over_what_it_names_until_its_day(tmp_path: Path, listed: str, left: int) -> None:
    found = audit.Found("six", "1.17.0", ("PYSEC-2026-1", "CVE-2026-11111"), ())
    known = audit.passed_over(written(tmp_path, "list.yml", listed), TODAY)
    assert len(audit.unlisted(audit.Report((found,), ()), known)) == left


def test_an_outage_fails_nothing_and_is_told(
    tmp_path: Path, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    service.status = 503
    assert audit.audit([written(tmp_path, "x.txt", SIX)], written(tmp_path, "list.yml", ""), TODAY) == 0
    assert "NOT AUDITED" in capsys.readouterr().out


def test_who_says_nothing_is_not_waited_for_without_end(
    tmp_path: Path, service: Service, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = written(tmp_path, "x.txt", SIX)
    audit.ask(lock)  # the next one finds all that the tool reads at its start
    monkeypatch.setattr(audit, "_PATIENCE", 8.0)
    service.silent = 12.0
    assert audit.audit([lock], written(tmp_path, "list.yml", ""), TODAY) == 0
    assert "NOT AUDITED" in capsys.readouterr().out


@pytest.mark.parametrize(
    "listed", ["- {id: x}", "x: 1", "[", "- {id: x, package: y, why: z, until: soon}", "- 3", "just words"]
)
def test_a_faulty_list_is_no_list(tmp_path: Path, listed: str) -> None:
    with pytest.raises(audit.Unreadable, match=r"list\.yml"):
        audit.passed_over(written(tmp_path, "list.yml", listed), TODAY)


def test_what_is_no_lock_is_refused(tmp_path: Path, service: Service) -> None:
    with pytest.raises(audit.Unreadable, match=r"x\.txt cannot be read"):
        audit.ask(written(tmp_path, "x.txt", "six>=1\n"))


def test_the_project_s_own_list_is_good() -> None:
    audit.passed_over(audit.LIST, date.today())
