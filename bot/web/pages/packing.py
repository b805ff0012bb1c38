"""Answers that are gzipped for who accepts that."""

from __future__ import annotations

import gzip
from functools import lru_cache

from django.http import HttpRequest, HttpResponse


def packed(request: HttpRequest, content: bytes, kind: str, headers: dict[str, str]) -> HttpResponse:
    """An answer of that content type; only for what holds nothing of anybody, since sizes then tell of secrets."""
    response = HttpResponse(content, content_type=kind, headers={**headers, "Vary": "Accept-Encoding"})
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = _gzipped(content)
        response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=256)
def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
