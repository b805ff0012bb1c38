"""An alert on its way: an e-mail or a call of a webhook, that tell where and in which language somebody waits.

Nothing of what was said goes along, nor the number of the request: only a link to the desk.
"""

from __future__ import annotations

import smtplib

import httpx
from django.conf import settings
from django.core.mail import EmailMessage

from bot.web.conversations.models import Handoff, HandoffState
from bot.web.desk import access, exchange, labels
from bot.web.desk_notes.models import Alert, Way
from bot.web.words import word


class NotSent(Exception):
    """It could not be sent; the message tells why, without addresses."""


def send(alert: Alert) -> None:
    """Send one alert; `NotSent` when the other side does not take it in time."""
    ways = {Way.EMAIL: _by_email, Way.WEBHOOK: _by_webhook}
    ways[Way(alert.way)](alert.handoff)


def recipients(cite: str) -> list[str]:
    """Who is written to about a Cité (its id): the addresses given for it, else those given for all."""
    pairs = [entry.rpartition("=") for entry in settings.ALERT_EMAIL]
    own = [address for name, _, address in pairs if name and name == cite]
    return own or [address for name, _, address in pairs if not name]


def sentence(handoff: Handoff) -> str:
    """Who waits where, or asks to be called back, in the language of alerts."""
    language = settings.ALERT_LANGUAGE
    cite = labels.cite(access.cite_of(handoff), language) or word("desk.filter.no_cite", language)
    spoken = labels.language_name(exchange.language_of(handoff), language) or ""
    key = "desk.alerts.callback" if _calls(handoff) else "desk.alerts.waiting"
    return word(key, language, cite=cite, spoken=spoken)


def _calls(handoff: Handoff) -> bool:
    """Whether its person asks to be called back."""
    return handoff.state == HandoffState.CALLBACK


def _by_email(handoff: Handoff) -> None:
    language = settings.ALERT_LANGUAGE
    body = "\n\n".join(filter(None, (sentence(handoff), settings.DESK_URL, word("desk.alerts.why", language))))
    subject = word("desk.alerts.subject", language)
    message = EmailMessage(subject, f"{body}\n", to=recipients(access.cite_of(handoff)))
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(type(error).__name__) from None


def _by_webhook(handoff: Handoff) -> None:
    told = {
        "text": " ".join(filter(None, (sentence(handoff), settings.DESK_URL))),
        "event": "handoff_callback" if _calls(handoff) else "handoff_waiting",
        "cite": access.cite_of(handoff) or None,
        "language": exchange.language_of(handoff),
        "desk": settings.DESK_URL or None,
    }
    try:
        with httpx.Client(timeout=settings.ALERT_TIMEOUT, trust_env=False) as client:
            answer = client.post(settings.ALERT_WEBHOOK, json=told)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotSent(type(error).__name__) from None
    if not answer.is_success:
        raise NotSent(f"status {answer.status_code}")
