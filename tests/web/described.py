"""Holds what the door answers against what its OpenAPI document says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
from jsonschema import Draft7Validator, FormatChecker, RefResolver

from bot.web.openapi import document

Answer = tuple[str, str, str]
"""Path as in the document, method, status."""
_ANYWHERE = {"404", "405"}  # an address or a method that the document does not know


def documented() -> set[Answer]:
    """Every answer that the document tells of."""
    return {(path, method, status) for path, method, operation in operations() for status in operation["responses"]}


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method ("GET"), and what is said of it."""
    for path, item in document()["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                yield path, method.upper(), operation


def answer_of(response: httpx.Response) -> Answer | None:
    """Which answer of the document this should be; None when the document does not know the address or the method."""
    request = response.request
    for path, method, _ in operations():
        if method == request.method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), request.url.path):
            return path, method, str(response.status_code)
    return None


def check(response: httpx.Response) -> None:
    """Fail unless the document tells of this status, with these headers and this body."""
    if not response.request.url.path.startswith("/api/") or response.request.method in ("OPTIONS", "HEAD"):
        return
    answer = answer_of(response)
    if answer is None:
        assert str(response.status_code) in _ANYWHERE | {"403", "429"}, response
        return
    assert answer in documented(), f"not documented: {answer}"
    path, method, status = answer
    told = _resolved(document()["paths"][path][method.lower()]["responses"][status])
    for name, header in told.get("headers", {}).items():
        _check_header(response, name, _resolved(header))
    kind = response.headers["Content-Type"].split(";")[0]
    assert kind in told["content"], (answer, kind)
    if kind == "application/json":
        response.read()
        _check_body(response.json(), told["content"][kind]["schema"])


def _check_header(response: httpx.Response, name: str, header: dict[str, Any]) -> None:
    value = response.headers.get(name)
    if value is None:
        assert not header.get("required"), f"{name} is missing"
        return
    _check_body(int(value) if header["schema"].get("type") == "integer" else value, header["schema"])


def _check_body(body: Any, schema: dict[str, Any]) -> None:
    resolver = RefResolver("", document())
    Draft7Validator(schema, resolver=resolver, format_checker=FormatChecker()).validate(body)


def _resolved(part: dict[str, Any]) -> dict[str, Any]:
    """What a `$ref` leads to."""
    found: Any = part
    if "$ref" in part:
        found = document()
        for key in part["$ref"].removeprefix("#/").split("/"):
            found = found[key]
    return dict(found)
