"""What the door's log leaves out."""

from __future__ import annotations

import io
import logging
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

MARK = "zxqv-mot-de-la-personne"


@pytest.fixture
def logged() -> Any:
    """What the settings' formatter and filters make of all that is logged."""
    configured = settings.LOGGING
    handler = logging.StreamHandler(io.StringIO())
    plain = configured["formatters"]["plain"]
    handler.setFormatter(import_string(plain["()"])(plain["fmt"]))
    for name in configured["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(configured["filters"][name]["()"])())
    logging.getLogger().addHandler(handler)
    yield handler.stream.getvalue
    logging.getLogger().removeHandler(handler)


def test_no_address_of_a_page(logged: Any) -> None:
    Client().get(f"/api/v1/conversations/{MARK}/nowhere")
    logging.getLogger("django.request").error("Internal Server Error: %s", f"/api/v1/conversations/{MARK}/messages")
    assert "Internal Server Error: …" in logged()
    assert MARK not in logged()


def test_an_exception_tells_its_type_and_place_and_not_its_message(logged: Any) -> None:
    try:
        raise ValueError(f"cannot store {MARK}")
    except ValueError as error:
        logging.getLogger("bot.web").error("it failed", exc_info=error)
        logging.getLogger("bot.web").error("again", exc_info=sys.exc_info())
    assert logged().count("ValueError") == 2
    assert f"{__file__}:" in logged()
    assert MARK not in logged()
