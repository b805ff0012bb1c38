"""How long the platforms ask us to wait, in whichever way they say it; and who answers in their place."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from django.utils import timezone

from bot.web.channels import outbox, telegram, twilio
from bot.web.channels.messenger import Messenger
from bot.web.channels.meta import failure
from bot.web.channels.models import Contact, Parcel
from bot.web.channels.pauses import asked, bounded
from bot.web.channels.platform import Gone, Rejected, SendFailed, TryLater
from tests.web.fake_rasa import FakeRasa

from .telegram_simulator import TelegramSimulator
from .test_faults import as_if_waited, send, write

PROXY = b"<html>Access denied by the proxy</html>"


def later(seconds: float) -> str:
    """A date as HTTP writes it."""
    return format_datetime(timezone.now() + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("told", "after"),
    [("7", 7.0), (" 7 ", 7.0), ("9" * 30, 3600.0), ("0", None), ("-3", None), ("²", None), ("soon", None), ("", None),
     ("Fri, 31 Dec 9999 23:59:59 GMT", 3600.0), ("Wed, 21 Oct 2015 07:28:00 GMT", None), ("Fri, 99 Foo 1", None)],
)  # fmt: skip
def test_a_number_of_seconds_or_a_date(told: str, after: float | None) -> None:
    assert asked({"Retry-After": told}) == after


@pytest.mark.parametrize("zone", ["GMT", "-0000", "+0000"])
def test_a_date_is_that_many_seconds_from_now(zone: str) -> None:
    found = asked({"Retry-After": later(40).replace("GMT", zone)})
    assert found is not None and 38 < found <= 40


@pytest.mark.parametrize("told", [float("nan"), float("-inf"), True, "3", None, -1, 0])
def test_what_is_no_wait_is_ours_to_choose(told: object) -> None:
    assert bounded(told) is None


@pytest.mark.parametrize("status", [429, 503])
def test_every_platform_goes_by_a_date(status: int) -> None:
    answer = httpx.Response(status, headers={"Retry-After": later(40)})
    found: list[SendFailed] = [
        failure(answer, None, Messenger.codes), twilio._failure(answer, None), telegram._failure(answer, {}),
    ]  # fmt: skip
    for each in found:
        assert isinstance(each, TryLater) and each.after is not None and 38 < each.after <= 40


@pytest.mark.parametrize("after", [0, -5, float("nan"), 1e300])
@pytest.mark.django_db(transaction=True)
def test_a_pause_that_is_none_hammers_nobody(
    platform: TelegramSimulator, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch, after: Any
) -> None:
    monkeypatch.setattr(outbox, "pause", lambda attempts: 30.0)
    platform.trouble.statuses, platform.trouble.retry_after = [429] * 5, after
    write("bonjour", 1)
    send()
    assert Parcel.objects.get().attempts == 1 and len(platform.trouble.statuses) == 4
    due = Contact.objects.get().due
    assert due is not None and timedelta(seconds=20) < due - timezone.now() < timedelta(hours=2)


@pytest.mark.parametrize("status", [400, 403, 404, 413])
def test_only_telegram_itself_refuses_for_good(status: int) -> None:
    """A proxy that lets nothing out for an hour must not have everybody's address forgotten."""
    assert type(telegram._failure(httpx.Response(status, content=PROXY), {})) is TryLater
    told = {"ok": False, "error_code": status, "description": "Forbidden: bot was blocked by the user"}
    wanted = {400: Rejected, 403: Gone, 404: TryLater, 413: Rejected}[status]
    assert type(telegram._failure(httpx.Response(status), told)) is wanted


def test_only_twilio_itself_refuses_for_good() -> None:
    assert type(twilio._failure(httpx.Response(400, content=PROXY), None)) is TryLater
    assert type(twilio._failure(httpx.Response(400), 21408)) is Rejected


@pytest.mark.django_db(transaction=True)
def test_a_proxy_that_forbids_everything_loses_nobody(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    platform.page = (403, PROXY)
    write("bonjour", 1)
    send()
    assert Contact.objects.count() == 1 and Parcel.objects.get().step == "waiting"
    platform.page = None
    as_if_waited()
    send()
    assert len(platform.texts(7)) == 1
