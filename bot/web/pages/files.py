"""The files browsers load: few and small, read once, and named after their content so that they keep for ever."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

import django_htmx
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from bot.web.pages.packing import packed
from bot.web.words import LANGUAGES, catalogue

_FOLDER = "static"
_HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
_SOURCE = "widget"  # deploy/widget.py makes static/built of it
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_SHORT = "public, max-age=300"
_FOR_EVER = "public, max-age=31536000, immutable"
# Any site may load the widget's files; they hold nothing of anybody.
_SHARED = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


@lru_cache(maxsize=1)
def contents() -> dict[str, bytes]:
    """Every file by its path under the folder ("desk/desk.css"), as it is sent: of the widget, what was built of it."""
    folder = Path(settings.BASE_DIR) / _FOLDER
    sent = (path for path in sorted(folder.rglob("*")) if path.suffix in _TYPES and path.parent.name != _SOURCE)
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sent}
    return found | {"desk/htmx.min.js": _HTMX.read_bytes()}


@lru_cache(maxsize=1)
def current_build() -> str:
    """A short hash of all files: it is part of their address, and changes with any of them."""
    digest = hashlib.sha256()
    for name, content in contents().items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


def address(name: str) -> str:
    """The address of a file ("desk/desk.css")."""
    return f"/files/{current_build()}/{name}"


async def built(request: HttpRequest, build: str, name: str) -> HttpResponse:
    """One file. An address of an earlier build gives today's file, kept for a short time only."""
    return _file(request, name, _FOR_EVER if build == current_build() else _SHORT)


async def loader(request: HttpRequest) -> HttpResponse:
    """GET /widget.js: the one line of a page loads this, and this loads the widget of today's build."""
    source = contents()["built/loader.js"].decode().replace("BUILD", current_build())
    return packed(request, source.encode(), "text/javascript; charset=utf-8", _headers(_SHORT))


async def style(request: HttpRequest) -> HttpResponse:
    """GET /widget.css."""
    return _file(request, "built/widget.css", _SHORT)


async def words(request: HttpRequest, language: str) -> HttpResponse:
    """GET /words/fr.json: the widget's words, flat; those a language lacks come from its nearest."""
    if language not in LANGUAGES:
        raise Http404
    content = json.dumps(catalogue().part("widget", language), ensure_ascii=False).encode()
    return packed(request, content, "application/json", _headers(_SHORT))


def _file(request: HttpRequest, name: str, cache: str) -> HttpResponse:
    content = contents().get(name)
    if content is None:
        raise Http404
    kind = f"{_TYPES[Path(name).suffix]}; charset=utf-8"
    return packed(request, content, kind, _headers(cache))


def _headers(cache: str) -> dict[str, str]:
    return {"Cache-Control": cache, **_SHARED}
