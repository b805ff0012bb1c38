"""Checks the widget's types and makes the files that browsers load of it, out of bot/web/static/widget.

    .venv/bin/python deploy/widget.py

TypeScript checks the JSDoc of the modules; esbuild makes one script of them. Both are in var/tools
(`python3 deploy/bootstrap.py tools`). What they make is kept in git, so that who runs the assistant needs neither.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "bot" / "web" / "static" / "widget"
BUILT = ROOT / "bot" / "web" / "static" / "built"
_TOOLS = ROOT / "var" / "tools"
# The first browsers with constructed style sheets and lookbehind in regular expressions, which the widget needs.
_BROWSERS = "chrome111,edge111,firefox115,safari16.4"
_OPTIONS = ("--bundle", "--minify", "--charset=utf8", "--log-level=warning", f"--target=es2022,{_BROWSERS}")
# Each file by how it is loaded: the loader by a plain <script>, the rest as a module and as a style sheet.
_FORMATS = {"loader.js": "iife", "main.js": "esm", "widget.css": "esm"}


class Faulty(Exception):
    """The widget's source is not what it should be, or a tool is missing; the text says which and what."""


def check_types(source: Path = SOURCE) -> None:
    """TypeScript's strict look at the JSDoc, as tsconfig.json beside it says; `Faulty` with the places."""
    _run("typescript/bin/tsc", "--project", str(source))


def build(source: Path = SOURCE, target: Path = BUILT) -> None:
    """Write loader.js, main.js and widget.css into `target`; `Faulty` for a source that is not JavaScript."""
    for name, form in _FORMATS.items():
        _run("esbuild/bin/esbuild", str(source / name), *_OPTIONS, f"--format={form}", f"--outfile={target / name}")


def _run(script: str, *arguments: str) -> None:
    path = _TOOLS / "node_modules" / script
    if not path.exists():
        raise Faulty(f"{path.relative_to(ROOT)} is missing: run `python3 deploy/bootstrap.py tools`")
    done = subprocess.run([_TOOLS / "bin" / "node", path, *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        raise Faulty((done.stdout + done.stderr).strip())


def main() -> int:
    """Check, then build."""
    try:
        check_types()
        build()
    except Faulty as faulty:
        print(faulty, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
