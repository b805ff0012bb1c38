"""`python -m bot import`: what public data says of the Cités, proposed, or with --apply written into their files."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bot.cli import moments, outside
from bot.knowledge.cites import Cite, load_cites
from bot.knowledge.imports import data_inclusion, schema_org
from bot.knowledge.imports.report import Report, as_dict, lines
from bot.knowledge.imports.writing import write


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sources and their options."""
    sources = parser.add_subparsers(dest="source", required=True, metavar="SOURCE")
    inclusion = _source(sources, "data-inclusion", "files of France's open dataset data.inclusion")
    inclusion.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JSON, CSV or Parquet")
    inclusion.set_defaults(gather=_data_inclusion)
    page = _source(sources, "schema-org", "a Cité's own page")
    page.add_argument("page", metavar="URL|FILE", help="a page with JSON-LD")
    page.add_argument("--cite", required=True, metavar="CITE", help="the Cité that it describes: its id, or a name")
    known = "the page's address, when a file does not say it"
    page.add_argument("--source", dest="address", type=_address, metavar="URL", help=known)
    unnamed = "take the only body of the page, even if it does not bear the Cité's name"
    page.add_argument("--any-name", action="store_true", help=unnamed)
    page.set_defaults(gather=_schema_org)
    for source in (inclusion, page):
        source.add_argument("--apply", action="store_true", help="write into data/cites; otherwise only propose")
        source.add_argument("--json", action="store_true", help="print the report as JSON")
        moments.add_checked_on(source)


def _source(sources: Any, name: str, summary: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = sources.add_parser(name, help=summary, description=summary)
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Gather, hold against the files, write if asked to, and report; 1 when the source has faults."""
    cites = load_cites()
    report = Report()
    arguments.gather(arguments, cites, report)
    report.settle()
    if arguments.apply:
        report.written = [str(file) for file in write(cites, report.changes)]
    _print(report, arguments.json)
    return 1 if report.faults else 0


def _data_inclusion(arguments: argparse.Namespace, cites: dict[str, Cite], report: Report) -> None:
    data_inclusion.read(arguments.files, cites, arguments.checked_on, report)


def _schema_org(arguments: argparse.Namespace, cites: dict[str, Cite], report: Report) -> None:
    cite = outside.cite({"cite": arguments.cite})
    page, address, day = arguments.page, arguments.address, arguments.checked_on
    schema_org.read(page, cite, cites, address, day, report, arguments.any_name)


def _address(told: str) -> str:
    if not told.strip().startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f'"{told}" is no address: write it whole, with https://')
    return told.strip()


def _print(report: Report, as_json: bool) -> None:
    if as_json:
        print(json.dumps(as_dict(report), ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(report)))
    for fault in report.faults:
        print(fault, file=sys.stderr)
