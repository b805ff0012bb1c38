"""Whose time the desk tells: its reader's, and of a request that of the request's Cité."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from html import unescape
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient, Client
from django.utils.timezone import get_current_timezone

from bot.web.conversations.models import Handoff, Message
from bot.web.desk.models import Role
from bot.web.desk_notes.models import Note

from . import handoffs
from .staff import account, signed_in
from .test_review import past

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 15, 21, 30, tzinfo=timezone.utc)  # 23:30 in Paris, 01:30 of the 16th in La Réunion
FAR = "Fuseau horaire</dt><dd>heure : La Réunion"


def at_noon(handoff: Handoff) -> Handoff:
    Handoff.objects.filter(pk=handoff.pk).update(opened=NOON)
    Message.objects.filter(conversation=handoff.conversation_id).update(created=NOON)
    return handoff


def shown(client: Client, path: str, **query: Any) -> str:
    found = client.get(f"/desk/{path}", query)
    assert found.status_code == 200
    return unescape(found.content.decode())


def test_a_request_is_told_in_the_time_of_its_cite_which_is_named_where_the_reader_s_is_another() -> None:
    handoff = at_noon(handoffs.waiting("la-reunion"))
    for who, named in (account("Chef", role=Role.ADMINISTRATOR), True), (account("Lou", cite="la-reunion"), False):
        told = shown(signed_in(who), f"handoffs/{handoff.pk}/")
        assert ">01:30</time>" in told and ">23:30</time>" not in told
        assert (FAR in told) is named
    assert str(get_current_timezone()) == "Europe/Paris"


def test_news_and_notes_of_a_request_are_told_in_the_same_time() -> None:
    chef = account("Chef", role=Role.ADMINISTRATOR)
    client, handoff = signed_in(chef), at_noon(handoffs.waiting("la-reunion"))
    news = shown(client, f"handoffs/{handoff.pk}/news", after=0, state="waiting")
    assert ">01:30</time>" in news
    Note.objects.create(handoff=handoff, author=chef, text="un mot", at=NOON)
    answered = client.post(f"/desk/handoffs/{handoff.pk}/note", {"text": "autre"}, headers={"HX-Request": "true"})
    assert "16 juin 2026, 01:30" in answered.content.decode()


def test_days_that_are_searched_begin_at_the_reader_s_midnight() -> None:
    chef, lou = account("Chef", role=Role.ADMINISTRATOR), account("Lou", cite="la-reunion")
    at_noon(past(chef, cite="la-reunion"))
    listed = [
        "Demande n°" in shown(signed_in(who), "review/", **{"from": day, "to": day}).split('id="found"')[1]
        for who in (chef, lou)
        for day in ("2026-06-15", "2026-06-16")
    ]
    assert listed == [True, False, False, True]


def test_a_past_request_and_its_file_tell_the_same_time() -> None:
    chef = account("Chef", role=Role.ADMINISTRATOR)
    client, handoff = signed_in(chef), at_noon(past(chef, cite="la-reunion"))
    told = shown(client, f"review/handoffs/{handoff.pk}/")
    assert ">01:30</time>" in told and FAR in told
    answer = Message.objects.get(conversation=handoff.conversation_id, text="la réponse d'avant")
    assert "Fuseau horaire – heure : La Réunion" in shown(client, f"review/answers/{answer.pk}/")
    file = client.get(f"/desk/review/handoffs/{handoff.pk}/transcript.txt").content.decode()
    assert "\n01:30 " in file and "Fuseau horaire : heure : La Réunion" in file


def test_who_answers_for_cites_of_several_zones_reads_our_time() -> None:
    lou = account("Lou", cite="la-reunion")
    at_noon(past(account("Autre"), cite="la-reunion"))
    assert ", 01:30</time>" in shown(signed_in(lou), "review/")
    lou.memberships.create(cite="paris", role=Role.ADVISOR)
    assert ", 23:30</time>" in shown(signed_in(lou), "review/")


@pytest.mark.django_db(transaction=True)
async def test_served_at_the_same_time_each_reads_their_own_time() -> None:
    def signed(who: str, **more: str) -> AsyncClient:
        browser = AsyncClient()
        browser.cookies = signed_in(account(who, **more)).cookies
        return browser

    far = await sync_to_async(signed)("Lou", cite="la-reunion")
    near = await sync_to_async(signed)("Chef", role=Role.ADMINISTRATOR)
    await sync_to_async(lambda: at_noon(past(account("Autre"), cite="la-reunion")))()
    told = await asyncio.gather(*(each.get("/desk/review/") for each in (far, near, far, near)))
    assert [", 01:30</time>" in each.content.decode() for each in told] == [True, False, True, False]
    assert [", 23:30</time>" in each.content.decode() for each in told] == [False, True, False, True]
