"""`python -m bot parse` as another program calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

from bot.cli import train
from bot.knowledge.paths import ROOT


def parse(*arguments: str, lines: str) -> subprocess.CompletedProcess[str]:
    assert train.is_up_to_date() or train.train()
    command = [sys.executable, "-m", "bot", "parse", *arguments]
    return subprocess.run(command, input=lines, capture_output=True, text=True, cwd=ROOT, timeout=240)


def read(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Every line of standard output is JSON: a log line among them fails here."""
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_message_a_line() -> None:
    found = read(parse(lines="je veux changer de métier\n/restart\nvorrei un corso a Milano domani\n"))
    assert [one["text"] for one in found] == [
        "je veux changer de métier", "/restart", "vorrei un corso a Milano domani",
    ]  # fmt: skip
    assert [one["language"] for one in found][::2] == ["fr", "it"]
    assert found[0]["intent"] == found[0]["ranking"][0]["intent"] == "change_job"
    assert all(len(one["ranking"]) == 44 for one in found)
    assert {entity["entity"] for entity in found[2]["entities"]} == {"place", "date"}
    place = next(entity for entity in found[2]["entities"] if entity["entity"] == "place")
    assert (place["start"], place["end"], place["value"]["country"]) == (18, 24, "IT")


def test_json_lines_with_the_time_and_what_was_asked_and_a_line_that_is_no_request() -> None:
    """One call for both: to load the model takes longest."""
    request = {"text": "tours", "expecting": "place"}
    dated = {"text": "c'est ouvert samedi ?", "now": "2026-11-25T10:00:00", "tz": "Europe/Paris"}
    done = parse("--jsonl", lines="\n".join(map(json.dumps, (request, dated, {"message": "x"}))) + "\n")
    assert done.returncode != 0
    assert "line 3" in done.stderr
    assert "Traceback" not in done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [entity["value"]["name"] for entity in found[0]["entities"]] == ["Tours"]
    (date,) = found[1]["entities"]
    assert (date["value"]["from"], date["value"]["to"]) == ("2026-11-28T00:00:00+01:00", "2026-11-29T00:00:00+01:00")


def test_who_is_killed_leaves_no_process_behind() -> None:
    assert train.is_up_to_date() or train.train()
    command = [sys.executable, "-m", "bot", "parse"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdin and process.stdout
    process.stdin.write("bonjour\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["intent"] == "greet"
    workers = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
    assert len(workers) >= 1
    process.kill()
    process.wait()
    end = time.monotonic() + 60
    while any(_lives(int(worker)) for worker in workers):
        assert time.monotonic() < end, "they live on"
        time.sleep(0.2)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
