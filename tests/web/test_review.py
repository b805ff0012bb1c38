"""Looking back: who may read what, how it is found, what a review keeps, files to save, erasing."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bot.knowledge.catalogue import SPOKEN
from bot.privacy.redaction import RedactionFailed, redact
from bot.web.audit.models import Entry
from bot.web.conversations import callbacks, feedback, service, states, writing
from bot.web.conversations.models import Author, Conversation, Handoff, Message
from bot.web.desk.models import Advisor, Role
from bot.web.review import flagged, pdf, reviewing, transcript
from bot.web.review.models import Change, Review

from .faulty import assert_tied
from .helpers import begin, conversation, say
from .staff import account, signed_in

pytestmark = pytest.mark.django_db
HOME = "/desk/review/"


@pytest.fixture
def advisor() -> Advisor:
    return account("Sofia", role=Role.ADMINISTRATOR)


@pytest.fixture
def sofia(advisor: Advisor) -> Client:
    return signed_in(advisor)


def answered(
    talk: str, text: str, reply: str, intent: str = "find_training", confidence: float = 0.9, **more: Any
) -> Message:
    """The person says `text`, the bot answers `reply`; the answer."""
    say(talk, text)
    Message.objects.filter(conversation_id=talk).update(progress="")
    Conversation.objects.filter(pk=talk).update(due=None)
    payload = {"intent": intent, "confidence": confidence, **more}
    return writing.add(conversation(talk), Author.BOT, text=reply, payload=payload, language="fr")


def talk_of(cite: str = "marseille", language: str = "fr") -> str:
    talk = begin(cite=cite, language=language)
    Conversation.objects.filter(pk=talk).update(cite=cite)
    return talk


def past(
    advisor: Advisor, consent: bool = True, cite: str = "marseille", request: str = "une demande", **summary: str
) -> Handoff:
    """A request that was answered and closed."""
    talk = talk_of(cite)
    answered(talk, "ce que j'ai dit avant", "la réponse d'avant", confidence=0.2)
    told = {"concern": "change_job", "language": "fr", "cite": cite, "request": request, **summary}
    handoff = states.open_handoff(talk, consent, told, "bot")
    states.claim(handoff.pk, advisor)
    states.advisor_says(handoff.pk, advisor, "Bonjour, je vous écoute.")
    states.close(handoff.pk, advisor)
    answered(talk, "un mot d'après", "la réponse d'après")
    return Handoff.objects.get(pk=handoff.pk)


def page(client: Client, path: str, status: int = 200) -> str:
    found = client.get(f"{HOME}{path}")
    assert found.status_code == status, (path, found.status_code)
    return unescape(found.content.decode())


def numbers(client: Client, query: str = "", folder: str = "") -> list[int]:
    """The numbers of what a search lists, in its order."""
    shown = page(client, f"{folder}?{query}")
    return [int(each) for each in re.findall(r'class="what"><a href="[^"]*/(\d+)/"', shown)]


# Past requests


def test_what_is_over_is_listed_and_what_goes_on_is_not(sofia: Client, advisor: Advisor) -> None:
    first, second = past(advisor), past(advisor)
    states.open_handoff(talk_of(), True, {"request": "encore ouverte"}, "bot")
    assert numbers(sofia) == [second.pk, first.pk]
    assert "encore ouverte" not in page(sofia, "")


def test_each_filter_keeps_what_it_asks_for(sofia: Client, advisor: Advisor) -> None:
    one = past(advisor, request="Je cherche un ÉTÉ en alternance")
    two = past(advisor, cite="paris", concern="find_job")
    states_of_one = Message.objects.get(conversation=one.conversation_id, text="la réponse d'avant")
    feedback.give(one.conversation_id, states_of_one.seq, False)
    Handoff.objects.filter(pk=two.pk).update(opened=timezone.now() - timedelta(days=5))
    Message.objects.filter(conversation=two.conversation_id, author=Author.BOT).update(payload={"confidence": 1.0})
    today = timezone.localdate()
    old = today - timedelta(days=5)
    assert numbers(sofia, "cite=paris") == [two.pk]
    assert numbers(sofia, "language=it") == []
    assert numbers(sofia, "concern=change_job") == [one.pk]
    assert numbers(sofia, f"from={today}") == [one.pk]
    assert numbers(sofia, f"from={old}&to={old}") == [two.pk]
    assert numbers(sofia, "rating=not") == [one.pk]
    assert numbers(sofia, "rating=useful") == []
    assert numbers(sofia, "unsure=1") == [one.pk]
    assert numbers(sofia, "text=été") == [one.pk]
    assert numbers(sofia, "text=ÉCOUTE") == [one.pk, two.pk]
    assert numbers(sofia, "text=écoute&cite=paris&concern=find_job") == [two.pk]
    assert numbers(sofia, "from=nonsense&cite=&page=99") == [one.pk, two.pk]


def test_a_request_is_shown_in_its_own_language_and_what_is_masked_in_words(sofia: Client, advisor: Advisor) -> None:
    found = past(advisor, request="call me at [phone], " + "please " * 30)
    Handoff.objects.filter(pk=found.pk).update(language="en")
    shown = page(sofia, "")
    said = re.search(r'<p class="said" lang="en" dir="auto">(.*?)</p>', shown)
    assert said
    assert said[1].startswith("call me at [téléphone], please ")
    assert said[1].endswith("…")


def test_a_text_is_looked_for_only_in_what_may_be_read(sofia: Client, advisor: Advisor) -> None:
    shared, private = past(advisor), past(advisor, consent=False)
    assert numbers(sofia, "text=dit avant") == [shared.pk]
    assert numbers(sofia, "text=mot d'après") == []
    assert set(numbers(sofia, "text=je vous écoute")) == {shared.pk, private.pk}
    assert numbers(sofia, "unsure=1") == [shared.pk]


def test_a_character_that_databases_refuse_is_not_looked_for(sofia: Client, advisor: Advisor) -> None:
    found = past(advisor)
    for query in "text=une%00+demande", "cite=marseille%00", "text=%00&page=%00":
        assert numbers(sofia, query) == [found.pk]


def test_pages_of_results(sofia: Client, advisor: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.review.exchanges.A_PAGE", 2)
    for _ in range(3):
        past(advisor)
    assert len(numbers(sofia, "cite=marseille")) == 2
    first = page(sofia, "?cite=marseille")
    assert "Page 1 sur 2" in first and "?cite=marseille&page=2" in first
    assert len(numbers(sofia, "cite=marseille&page=2")) == 1


def test_the_exchange_is_shown_as_far_as_it_was_shared(sofia: Client, advisor: Advisor) -> None:
    shared = page(sofia, f"handoffs/{past(advisor).pk}/")
    assert "ce que j'ai dit avant" in shared and "Bonjour, je vous écoute." in shared
    assert "un mot d'après" not in shared
    assert "Effacement prévu, sauf nouveau message" in shared
    private = page(sofia, f"handoffs/{past(advisor, consent=False).pk}/")
    assert "dit avant" not in private and "Bonjour, je vous écoute." in private


def test_until_when_it_is_kept_is_told(sofia: Client, advisor: Advisor, settings: Any) -> None:
    settings.RETENTION_DAYS = 12
    handoff = past(advisor)
    day = (timezone.now() + timedelta(days=12)).date()
    assert f'datetime="{day.isoformat()}' in page(sofia, f"handoffs/{handoff.pk}/")


def test_an_open_request_or_none_is_not_found(sofia: Client) -> None:
    handoff = states.open_handoff(talk_of(), True, {}, "bot")
    for path in f"handoffs/{handoff.pk}/", "handoffs/999/", f"handoffs/{handoff.pk}/transcript.pdf":
        page(sofia, path, 404)
    assert sofia.post(f"{HOME}handoffs/{handoff.pk}/erase").status_code == 404
    assert not Entry.objects.filter(action__in=["view", "export", "erase"]).exists()


# Flagged answers


def test_the_unsure_the_twice_misunderstood_and_the_useless_are_flagged(sofia: Client) -> None:
    talk = talk_of()
    sure = answered(talk, "bonjour", "Bonjour !", "greet", 0.99)
    once = answered(talk, "gloubi", "Pouvez-vous reformuler ?", "nlu_fallback", 0.7)
    second_reply = writing.add(conversation(talk), Author.BOT, text="Ou parler ?", payload=once.payload)
    twice = answered(talk, "boulga", "Je n'ai pas compris.", "nlu_fallback", 0.8)
    useless = answered(talk, "les horaires ?", "Ouvert.", "ask_opening_hours", 0.95)
    feedback.give(talk, useless.seq, False, "wrong_fact")
    low = answered(talk, "hum", "Une formation ?", "find_training", 0.4)
    found = {each.pk: flagged.flags(each) for each in flagged.flagged()}
    assert found == {
        once.pk: ["unsure"], twice.pk: ["unsure", "twice"], useless.pk: ["negative"], low.pk: ["unsure"],
    }  # fmt: skip
    assert sure.pk not in found and second_reply.pk not in found
    assert numbers(sofia, "flag=twice", "answers/") == [twice.pk]
    assert numbers(sofia, "flag=negative", "answers/") == [useless.pk]
    assert numbers(sofia, "", "answers/") == [low.pk, useless.pk, twice.pk, once.pk]


def test_the_questions_of_a_page_are_read_at_once(sofia: Client) -> None:
    def looked_up() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(sofia, "answers/")
        return len(queries)

    for number in range(2):
        answered(talk_of(), f"question {number}", "une réponse", intent="nlu_fallback")
    of_two = looked_up()
    for number in range(2, 7):
        answered(talk_of(), f"question {number}", "une réponse", intent="nlu_fallback")
    assert all(f"question {number}" in page(sofia, "answers/") for number in range(7))
    assert looked_up() == of_two


def test_flagged_answers_are_filtered_too(sofia: Client) -> None:
    one, two = talk_of("marseille"), talk_of("paris", "en")
    first = answered(one, "gloubi à Marseille", "Pardon ?", "nlu_fallback")
    second = answered(two, "boulga", "Sorry?", "nlu_fallback")
    reviewing.keep(account("Marc"), second, reviewing.read({"state": "fixed", "reason": "tone"}), 0)
    assert numbers(sofia, "cite=paris", "answers/") == [second.pk]
    assert numbers(sofia, "language=en", "answers/") == [second.pk]
    assert numbers(sofia, "text=GLOUBI", "answers/") == [first.pk]
    assert numbers(sofia, "text=sorry", "answers/") == [second.pk]
    assert numbers(sofia, "state=none", "answers/") == [first.pk]
    assert numbers(sofia, "state=fixed", "answers/") == [second.pk]


def test_of_a_conversation_nobody_was_handed_over_one_question_and_answer_are_read(sofia: Client) -> None:
    talk = talk_of()
    answered(talk, "ce que je disais en premier", "une première réponse")
    asked = answered(talk, "gloubi", "Pardon ?", "nlu_fallback")
    answered(talk, "et la suite", "une autre réponse")
    shown = page(sofia, f"answers/{asked.pk}/")
    assert "gloubi" in shown and "Pardon ?" in shown
    assert "Vous ne voyez que cette question et cette réponse" in shown
    for elsewhere in "en premier", "première réponse", "et la suite", "une autre réponse":
        assert elsewhere not in shown
    assert numbers(sofia, "text=premier", "answers/") == []


def test_an_answer_that_nothing_flags_is_read_only_in_a_shared_exchange(sofia: Client, advisor: Advisor) -> None:
    talk = talk_of()
    alone = answered(talk, "bonjour", "Bonjour !", "greet", 0.99)
    page(sofia, f"answers/{alone.pk}/", 404)
    assert sofia.post(f"{HOME}answers/{alone.pk}/", {"state": "fixed"}).status_code == 404
    handoff = states.open_handoff(talk, True, {}, "person")
    assert "Demande n°" in page(sofia, f"answers/{alone.pk}/")
    states.claim(handoff.pk, advisor)
    states.close(handoff.pk, advisor)
    later = answered(talk, "encore", "Oui ?", "greet", 0.99)
    page(sofia, f"answers/{later.pk}/", 404)


def test_what_was_left_behind_by_starting_anew_is_left_alone(sofia: Client) -> None:
    talk = talk_of()
    asked = answered(talk, "gloubi", "Pardon ?", "nlu_fallback")
    Conversation.objects.filter(pk=talk).update(first_seq=asked.seq)
    assert numbers(sofia, "", "answers/") == []
    page(sofia, f"answers/{asked.pk}/", 404)


def test_a_greeting_after_starting_anew_does_not_bring_back_the_question_before(sofia: Client) -> None:
    talk = talk_of()
    answered(talk, "ce que je disais avant", "Pardon ?", "nlu_fallback")
    service.restart(talk)
    greeting = writing.add(conversation(talk), Author.BOT, text="Bonjour, de nouveau !", language="fr")
    feedback.give(talk, greeting.seq, False)
    assert numbers(sofia, "", "answers/") == []
    page(sofia, f"answers/{greeting.pk}/", 404)
    assert flagged.question(greeting) is None


def test_not_understood_before_and_after_starting_anew_is_not_twice_in_a_row() -> None:
    talk = talk_of()
    answered(talk, "gloubi", "Pardon ?", "nlu_fallback")
    service.restart(talk)
    anew = answered(talk, "boulga", "Je n'ai pas compris.", "nlu_fallback")
    assert [(each.pk, flagged.flags(each)) for each in flagged.flagged()] == [(anew.pk, ["unsure"])]


# The review


def kept(client: Client, of: Message, status: int = 200, **fields: str) -> str:
    found = client.post(f"{HOME}answers/{of.pk}/", {"state": "to_review", "seen": "0", **fields}, follow=True)
    assert found.status_code == status
    return unescape(found.content.decode())


def test_a_review_and_its_history(sofia: Client) -> None:
    asked = answered(talk_of(), "gloubi", "Pardon ?", "nlu_fallback")
    fields = {"reason": "misunderstood", "intent": "find_training", "note": "Vu avec Marc"}
    assert "La relecture est enregistrée." in kept(sofia, asked, **fields)
    shown = kept(sofia, asked, state="fixed", seen="1", **{**fields, "intent": "fund_training"})
    assert "Trouver une formation → Financer une formation" in shown
    assert "À revoir → Corrigée" in shown
    assert shown.count("Sofia <time") == 2
    review = Review.objects.get(message=asked)
    assert (review.state, review.intent, review.reason) == ("fixed", "fund_training", "misunderstood")
    assert [set(change.what) for change in review.changes.all()][1] == {"state", "intent"}
    kept(sofia, asked, state="fixed", seen="2", **{**fields, "intent": "fund_training"})
    assert Change.objects.count() == 2  # nothing was changed
    assert Entry.objects.filter(action="review", object=str(asked.pk), cite="marseille").count() == 2


def test_who_was_overtaken_is_told_and_changes_nothing(sofia: Client) -> None:
    asked = answered(talk_of(), "gloubi", "Pardon ?", "nlu_fallback")
    kept(sofia, asked, reason="tone")
    shown = kept(sofia, asked, 409, reason="stale")
    assert "Quelqu'un vient de modifier cette relecture" in shown and "<title>Erreur : " in shown
    assert Review.objects.get().reason == "tone"


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"state": "done"}, "state", "Choisissez une des valeurs de la liste."),
        ({"reason": "other"}, "reason", "Choisissez une des valeurs de la liste."),
        ({"intent": "no_such"}, "intent", "Choisissez une des valeurs de la liste."),
        ({"cite": "atlantis"}, "cite", "Choisissez une des valeurs de la liste."),
        ({"field": "hours"}, "cite", "Indiquez aussi la Cité"),
        ({"answer": "x" * 1001}, "answer", "trop long"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field_and_not_lost(
    sofia: Client, fields: dict[str, str], field: str, told: str
) -> None:
    asked = answered(talk_of(), "gloubi", "Pardon ?", "nlu_fallback")
    shown = kept(sofia, asked, 422, note="mon mot", **fields)
    assert shown.count(told) == 2 and "mon mot" in shown  # in the list above the form, and at the field
    assert_tied(shown, field)
    assert not Review.objects.exists()


def test_a_text_that_cannot_be_masked_is_told_at_its_field(sofia: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(text: str) -> Any:
        if text:
            raise RedactionFailed
        return redact(text)

    asked = answered(talk_of(), "gloubi", "Pardon ?", "nlu_fallback")
    monkeypatch.setattr("bot.web.review.reviewing.redact", fails)
    shown = kept(sofia, asked, 422, note="mon mot")
    assert "Ce texte n'a pas pu être protégé." in shown and "mon mot" in shown
    assert_tied(shown, "note")
    assert not Review.objects.exists()


def test_what_is_typed_about_somebody_is_masked_and_a_cite_s_own_telephone_is_not(sofia: Client) -> None:
    asked = answered(talk_of(), "gloubi", "Pardon ?", "nlu_fallback")
    kept(sofia, asked, note="rappeler au 06 12 34 56 78", answer="écrire à jean@example.org")
    review = Review.objects.get()
    assert "06 12" not in review.note and "jean@" not in review.answer
    assert "06 12" not in str(Change.objects.get().what)
    kept(sofia, asked, seen="1", cite="marseille", field="phone", answer="+33 4 91 00 00 00")
    assert Review.objects.get().answer == "+33 4 91 00 00 00"


def test_what_the_person_said_of_it_is_there_to_begin_with(sofia: Client) -> None:
    talk = talk_of()
    asked = answered(talk, "ouvert ?", "Ouvert.", "ask_opening_hours")
    feedback.give(talk, asked.seq, False, "stale")
    shown = page(sofia, f"answers/{asked.pk}/")
    assert '<option value="stale" selected>' in shown
    assert "Avis de la personne: Pas utile" in shown


def test_every_intent_is_offered_in_plain_words(sofia: Client) -> None:
    asked = answered(talk_of(), "gloubi", "Pardon ?", "nlu_fallback")
    shown = page(sofia, f"answers/{asked.pk}/")
    listed = re.search(r'<select id="intent".*?</select>', shown, re.S)
    assert listed and listed[0].count("<option") == 45
    assert ">Trouver une formation</option>" in listed[0] and "find_training<" not in listed[0]


# Files, erasing, the log


def test_the_transcript_as_text(sofia: Client, advisor: Advisor) -> None:
    handoff = past(advisor, request="Je veux changer")
    found = sofia.get(f"{HOME}handoffs/{handoff.pk}/transcript.txt")
    text = found.content.decode()
    assert found["Content-Disposition"] == f'attachment; filename="handoff-{handoff.pk}.txt"'
    assert "Demande : Je veux changer" in text and "Effacement prévu, sauf nouveau message" in text
    assert " La personne\n    ce que j'ai dit avant" in text
    assert "un mot d'après" not in text


def test_choices_and_cards_stand_in_the_files_as_they_were_offered(advisor: Advisor) -> None:
    handoff = states.open_handoff(talk_of(), True, {}, "bot")
    card = {"kind": "event", "title": "Atelier CV", "when": "mardi"}
    said = {"text": "Voici.", "payload": {"cards": [card]}, "language": "fr"}
    writing.add(conversation(handoff.conversation_id), Author.BOT, choices=[("Les horaires", "/x")], **said)
    text = transcript.as_text(transcript.written(handoff, "fr"))
    assert "    Voici.\n    * Atelier CV\n    * mardi\n    Réponses proposées :\n    - Les horaires" in text


def test_the_transcript_as_pdf(sofia: Client, advisor: Advisor) -> None:
    handoff = past(advisor, request="Ça coûte 10 € ? Œuvre d’été – مرحبا")
    found = sofia.get(f"{HOME}handoffs/{handoff.pk}/transcript.pdf")
    assert found["Content-Type"] == "application/pdf"
    assert found.content.startswith(b"%PDF-") and found.content.rstrip().endswith(b"%%EOF")
    private = sofia.get(f"{HOME}handoffs/{past(advisor, consent=False).pk}/transcript.pdf")
    assert len(private.content) < len(found.content)


@pytest.mark.parametrize(
    ("text", "told", "otherwise"),
    [
        ("Ça coûte 10 € – œuvre d’été ñ ß", "Ça coûte 10 € – œuvre d’été ñ ß", False),
        ("e\u0301te\u0301", "été", False),
        ("Привет", "Privet", True),
        ("مرحبا", "mrhb", True),
        ("ok 👍", "ok :thumbsup:", True),
        ("a\u200bb\x07", "ab", True),
    ],
)
def test_letters_that_the_fonts_do_not_have_are_written_in_latin_ones(text: str, told: str, otherwise: bool) -> None:
    assert pdf.western(text) == (told, otherwise)


def test_a_long_transcript_has_all_its_words_in_the_pdf(advisor: Advisor) -> None:
    """The pages as they are written before they are packed."""
    handoff = past(advisor)
    written = transcript.written(handoff, "fr")
    parts = [transcript.Part(f"titre {number}", (f"ligne {number} " * 30,)) for number in range(80)]
    pages = pdf._Pages(transcript.Written(written.title, "fr", written.facts, tuple(parts)))
    pages.set_compression(False)
    made = pages.made()
    assert pages.page_no() > 3
    assert all(f"titre {number}".encode() in made for number in range(80))
    assert b"/Lang (fr)" in made


def test_erasing_asks_first_and_leaves_nothing_but_the_line(sofia: Client, advisor: Advisor) -> None:
    handoff = past(advisor)
    answer = Message.objects.get(conversation=handoff.conversation_id, text="la réponse d'avant")
    kept(sofia, answer, reason="tone")
    assert "Oui, tout effacer" in page(sofia, f"handoffs/{handoff.pk}/erase")
    assert Conversation.objects.filter(pk=handoff.conversation_id).exists()
    shown = sofia.post(f"{HOME}handoffs/{handoff.pk}/erase", follow=True).content.decode()
    assert "La conversation est effacée." in shown
    assert not Conversation.objects.exists() and not Review.objects.exists() and not Change.objects.exists()
    page(sofia, f"handoffs/{handoff.pk}/", 404)
    assert list(Entry.objects.filter(action="erase").values_list("kind", "object", "cite")) == [
        ("handoff", str(handoff.pk), "marseille")
    ]


@pytest.mark.parametrize("calls_back", [False, True])
def test_what_goes_on_elsewhere_is_not_erased(calls_back: bool, sofia: Client, advisor: Advisor) -> None:
    old = past(advisor)
    current = states.open_handoff(old.conversation_id, False, {"cite": "demo"}, "person")
    if calls_back:
        callbacks.request(old.conversation_id, "Une personne", "someone@example.org")
    else:
        states.claim(current.pk, account("Marc", cite="demo"))
    shown = page(sofia, f"handoffs/{old.pk}/")
    assert f"handoffs/{old.pk}/erase" not in shown and "Pas tant qu'une demande est en cours" in unescape(shown)
    for ask in sofia.get, sofia.post:
        refused = ask(f"{HOME}handoffs/{old.pk}/erase", follow=True)
        assert refused.redirect_chain == [(f"{HOME}handoffs/{old.pk}/?notice=goes_on", 302)]
        assert "une autre demande y est encore en cours" in unescape(refused.content.decode())
    assert Conversation.objects.filter(pk=old.conversation_id).exists()
    assert not Entry.objects.filter(action="erase").exists()


def test_every_reading_and_every_copy_is_written_down(sofia: Client, advisor: Advisor) -> None:
    handoff = past(advisor)
    answer = Message.objects.get(conversation=handoff.conversation_id, text="la réponse d'avant")
    page(sofia, f"handoffs/{handoff.pk}/")
    sofia.get(f"{HOME}handoffs/{handoff.pk}/transcript.txt")
    sofia.get(f"{HOME}handoffs/{handoff.pk}/transcript.pdf")
    page(sofia, f"answers/{answer.pk}/")
    lines = Entry.objects.filter(account=advisor.pk, action__in=["view", "export"]).order_by("pk")
    assert list(lines.values_list("action", "kind", "object", "cite")) == [
        ("view", "handoff", str(handoff.pk), "marseille"),
        ("export", "handoff", str(handoff.pk), "marseille"),
        ("export", "handoff", str(handoff.pk), "marseille"),
        ("view", "message", str(answer.pk), "marseille"),
    ]


def test_nobody_comes_in_without_an_account(advisor: Advisor) -> None:
    handoff = past(advisor)
    answer = Message.objects.filter(conversation=handoff.conversation_id, author=Author.BOT)[0]
    of_it = [f"handoffs/{handoff.pk}/{part}" for part in ("", "erase", "transcript.txt", "transcript.pdf")]
    for path in ["", "answers/", f"answers/{answer.pk}/", *of_it]:
        assert Client().get(f"{HOME}{path}")["Location"].startswith("/desk/login"), path
    Client().post(f"{HOME}handoffs/{handoff.pk}/erase")
    assert Conversation.objects.exists()


@pytest.mark.parametrize("language", SPOKEN)
def test_every_page_in_every_language_without_inline_script(language: str) -> None:
    who = account("Sofia", language, Role.ADMINISTRATOR)
    client, handoff = signed_in(who), past(who)
    answer = Message.objects.get(conversation=handoff.conversation_id, text="la réponse d'avant")
    kept(client, answer, reason="stale", cite="marseille", field="hours", intent="ask_events")
    of_it = f"handoffs/{handoff.pk}/"
    for path in "", "answers/", of_it, f"{of_it}erase", f"answers/{answer.pk}/":
        found = client.get(f"{HOME}{path}")
        shown = found.content.decode()
        assert f'<html lang="{language}">' in shown
        assert "no-store" in found["Cache-Control"]
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", shown)
        assert len(re.findall(r"<h1\b", shown)) == 1


def test_what_people_wrote_is_text_and_never_markup(sofia: Client, advisor: Advisor) -> None:
    handoff = past(advisor, request="<script>alert(1)</script>")
    asked = answered(talk_of(), "<img src=x onerror=alert(1)>", "Pardon ?", "nlu_fallback")
    for path in "", "answers/", f"handoffs/{handoff.pk}/", f"answers/{asked.pk}/":
        shown = sofia.get(f"{HOME}{path}").content.decode()
        assert "<script>alert" not in shown and "<img" not in shown
