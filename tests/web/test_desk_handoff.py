"""One request: passing it on, ending it, notes, tags, what is at hand, calling back."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from bot.web.audit.models import Entry
from bot.web.conversations import callbacks, service, signs, states, watch
from bot.web.conversations.models import Conversation, Handoff
from bot.web.desk import beside, exchange
from bot.web.desk_notes.models import Alert, Look, Note, Tag

from .desk_person import request
from .handoffs import pass_minutes
from .helpers import account, conversation, signed_in, texts

pytestmark = pytest.mark.django_db(transaction=True)


def client_of(one: Any) -> Client:
    client = Client()
    client.force_login(one)
    return client


@pytest.fixture
def sofia() -> Any:
    return account("Sofia", "demo")


@pytest.fixture
def mine(sofia: Any) -> Handoff:
    """A request that Sofia answers."""
    return states.claim(request().pk, sofia)


def page(client: Client, handoff: Handoff, path: str = "") -> str:
    answer = client.get(f"/desk/handoffs/{handoff.pk}/{path}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def do(client: Client, handoff: Handoff, action: str, **fields: Any) -> str:
    answer = client.post(f"/desk/handoffs/{handoff.pk}/{action}", fields, follow=True)
    assert answer.status_code == 200
    handoff.refresh_from_db()
    return unescape(answer.content.decode())


def by_htmx(client: Client, handoff: Handoff, action: str, **fields: Any) -> Any:
    return client.post(f"/desk/handoffs/{handoff.pk}/{action}", fields, headers={"HX-Request": "true"})


def test_passing_it_to_a_colleague_of_the_cite(sofia: Any, mine: Handoff) -> None:
    marc, stranger = account("Marc", "demo"), account("Zoé", "marseille")
    client = client_of(sofia)
    shown = page(client, mine)
    assert f'<option value="{marc.pk}">Marc</option>' in shown and "Zoé" not in shown
    assert "ne peut pas être confiée" in do(client, mine, "transfer", to=stranger.pk)
    assert mine.claimed_by_id == sofia.pk
    assert "La demande est confiée." in do(client, mine, "transfer", to=marc.pk)
    assert (mine.claimed_by_id, mine.state) == (marc.pk, "live")
    assert 'id="answer"' in page(client_of(marc), mine)
    assert Entry.objects.filter(action="transfer", account=sofia.pk, object=str(mine.pk)).count() == 1
    refreshed = client.get(f"/desk/handoffs/{mine.pk}/news?after=0&state=live&by={sofia.pk}")
    assert refreshed["HX-Redirect"] == f"/desk/handoffs/{mine.pk}/?notice=now_other"


def test_the_colleague_who_knows_the_topic_best_comes_first(sofia: Any, mine: Handoff) -> None:
    account("Anna", "demo"), account("Marc", "demo", topics="change_job,find_job")
    offered = re.findall(r'<option value="\d+">([^<]+)</option>', page(client_of(sofia), mine))
    assert offered == ["Marc – connaît bien ce sujet", "Anna"]


def test_a_coordinator_passes_on_what_somebody_else_has_who_sees_it(sofia: Any, mine: Handoff) -> None:
    lea, marc = account("Léa", "demo", role="coordinator"), account("Marc", "demo")
    client = signed_in(lea, factor=True)
    shown = page(client, mine)
    assert 'id="answer"' not in shown and 'id="outcome"' not in shown  # to answer and to end it stays with Sofia
    offered = re.findall(r'<option value="\d+">(\w+)</option>', shown)
    assert offered == ["Léa", "Marc"]
    assert 'id="to"' not in page(client_of(marc), mine)
    assert "changé entre-temps" in do(client_of(marc), mine, "transfer", to=marc.pk)
    assert mine.claimed_by_id == sofia.pk
    assert "La demande est confiée." in do(client, mine, "transfer", to=marc.pk)
    assert (mine.claimed_by_id, mine.state) == (marc.pk, "live")
    assert Entry.objects.filter(action="transfer", account=lea.pk, object=str(mine.pk)).count() == 1
    theirs = client_of(sofia)
    changed = theirs.get(f"/desk/handoffs/{mine.pk}/news?after=0&state=live&by={sofia.pk}")["HX-Redirect"]
    assert "une autre personne de l'équipe s'en occupe" in unescape(theirs.get(changed).content.decode())
    assert "Léa a confié cette demande à Marc." in page(theirs, mine)
    do(client, mine, "transfer", to="")
    assert "Léa a remis cette demande dans la file d'attente." in page(theirs, mine)


def test_a_coordinator_of_another_cite_passes_nothing_on(mine: Handoff) -> None:
    client = signed_in(account("Zoé", "marseille", role="coordinator"), factor=True)
    do(client, mine, "transfer", to="")
    assert mine.state == "live"


def test_the_desk_shows_that_an_answer_is_awaited_then_that_somebody_else_is_looked_for(
    sofia: Any, mine: Handoff
) -> None:
    client = client_of(sofia)
    assert "La personne attend votre réponse" not in page(client, mine)
    pass_minutes(4)
    watch.look()
    sign = "Sans réponse de votre part, sa demande retournera bientôt dans la file d'attente."
    assert sign in page(client, mine)
    assert sign in page(client, mine, f"news?after=999&state=live&by={sofia.pk}")
    assert "réponse attendue depuis longtemps" in unescape(client.get("/desk/").content.decode())
    pass_minutes(6)
    watch.look()
    changed = client.get(f"/desk/handoffs/{mine.pk}/news?after=0&state=live&by={sofia.pk}")["HX-Redirect"]
    assert "revenir dans la file d'attente" in unescape(client.get(changed).content.decode())
    shown = page(client, mine)
    assert "Sans réponse de Sofia, cette demande est revenue dans la file d'attente." in shown
    assert 'id="claim"' in shown


def test_putting_it_back_into_the_queue(sofia: Any, mine: Handoff) -> None:
    do(client_of(sofia), mine, "transfer", to="")
    assert (mine.state, conversation(mine.conversation_id).speaker) == ("waiting", "waiting")


def test_an_exchange_ends_with_what_came_of_it(sofia: Any, mine: Handoff) -> None:
    client = client_of(sofia)
    for outcome in "", "nonsense":
        assert "indiquez d'abord ce que l'échange a donné" in do(client, mine, "close", outcome=outcome)
        assert mine.state == "live"
    assert re.search(r"Terminée\s+· réponse donnée", do(client, mine, "close", outcome="answered"))
    assert (mine.state, mine.outcome) == ("closed", "answered")


def test_giving_back_may_leave_it_open(sofia: Any, mine: Handoff) -> None:
    do(client_of(sofia), mine, "give-back")
    assert (mine.state, mine.outcome) == ("given_back", "")


def test_an_answer_that_is_not_taken_stays_in_its_box(sofia: Any, mine: Handoff) -> None:
    client = client_of(sofia)
    assert by_htmx(client, mine, "answer", text="Bonjour").status_code == 204
    refused = by_htmx(client, mine, "answer", text="x" * 2001)
    assert refused.status_code == 200 and "n'a pas été envoyée" in unescape(refused.content.decode())
    assert texts(mine.conversation_id, "advisor") == ["Bonjour"]


def test_an_answer_sent_again_since_its_reply_was_lost_is_said_once(sofia: Any, mine: Handoff) -> None:
    client = client_of(sofia)
    (form_id,) = re.findall(r'name="form_id" value="([^"]+)"', page(client, mine))
    for _ in range(2):
        assert by_htmx(client, mine, "answer", text="Bonjour", form_id=form_id).status_code == 204
    by_htmx(client, mine, "answer", text="Bonjour", form_id="another-" + form_id)
    by_htmx(client, mine, "answer", text="Bonsoir", form_id="é" * 300)
    assert texts(mine.conversation_id, "advisor") == ["Bonjour", "Bonjour", "Bonsoir"]


def test_other_words_under_the_same_form_are_said_too(sofia: Any, mine: Handoff) -> None:
    """The reply to the first was lost: who mends their words and sends them again is not left unheard."""
    client = client_of(sofia)
    (form_id,) = re.findall(r'name="form_id" value="([^"]+)"', page(client, mine))
    for text in "Bonjour", "Bonjour, mieux dit", "Bonjour, mieux dit":
        assert by_htmx(client, mine, "answer", text=text, form_id=form_id).status_code == 204
    assert texts(mine.conversation_id, "advisor") == ["Bonjour", "Bonjour, mieux dit"]


def test_the_person_types_and_reads(sofia: Any, mine: Handoff) -> None:
    client = client_of(sofia)
    by_htmx(client, mine, "answer", text="Bonjour")
    news = f"/desk/handoffs/{mine.pk}/news?after=99&state=live&by={sofia.pk}"
    talk = mine.conversation_id
    assert "a lu vos derniers mots" not in page(client, mine)
    signs.person_reads(talk, conversation(talk).last_seq)
    assert "La personne a lu vos derniers mots." in unescape(client.get(news).content.decode())
    signs.person_types(talk, True)
    assert "La personne est en train d'écrire…" in unescape(client.get(news).content.decode())


def test_the_person_is_shown_that_the_advisor_types_and_reads(sofia: Any, mine: Handoff) -> None:
    news = f"/desk/handoffs/{mine.pk}/news?after=0&state=live&by={sofia.pk}"
    client_of(sofia).get(f"{news}&typing=1")
    talk = conversation(mine.conversation_id)
    assert signs.holds(talk.advisor_typing) and talk.advisor_read_seq == talk.last_seq
    client_of(sofia).get(news)
    assert not signs.holds(conversation(talk.pk).advisor_typing)


def test_notes_are_for_the_team_masked_and_gone_with_the_conversation(sofia: Any, mine: Handoff) -> None:
    client, marc = client_of(sofia), client_of(account("Marc", "demo"))
    by_htmx(client, mine, "note", text="voir avec Paul, 06 39 98 12 34")
    assert "06 39" not in Note.objects.get().text
    assert "[téléphone]" in page(marc, mine) and "[téléphone]" in page(client, mine)
    for text in "", "x" * 2001:
        assert "La note n'a pas été gardée" in unescape(by_htmx(client, mine, "note", text=text).content.decode())
    by_htmx(marc, mine, "note", remove=Note.objects.get().pk)
    assert Note.objects.count() == 1, "a note is its author's to remove"
    told = service.messages_after(mine.conversation_id)
    assert not [message for message in told if "Paul" in message.text or "note" in message.payload]
    Tag.objects.create(handoff=mine, name="follow_up")
    Alert.objects.create(handoff=mine, queued=mine.queued, way="email")
    service.erase(mine.conversation_id)
    assert not any(model.objects.exists() for model in (Note, Tag, Look, Alert))


def test_a_note_of_one_s_own_can_be_removed_and_works_without_scripts(sofia: Any, mine: Handoff) -> None:
    client = client_of(sofia)
    assert "à rappeler lundi" in do(client, mine, "note", text="à rappeler lundi")
    assert "à rappeler lundi" not in do(client, mine, "note", remove=Note.objects.get().pk)


def test_tags_are_those_of_the_file(sofia: Any, mine: Handoff) -> None:
    client = client_of(sofia)
    do(client, mine, "tags", tag=["follow_up", "made_up"])
    do(client, mine, "tags", tag=["follow_up", "will_visit"])
    assert set(Tag.objects.values_list("name", flat=True)) == {"follow_up", "will_visit"}
    assert 'value="will_visit" checked' in page(client, mine)
    assert "compte venir à la Cité" in unescape(client.get("/desk/").content.decode())
    by_htmx(client, mine, "tags")
    assert not Tag.objects.exists()


def test_a_stranger_can_do_nothing_at_all(mine: Handoff) -> None:
    client = client_of(account("Zoé", "marseille"))
    for action in "claim", "transfer", "answer", "give-back", "close", "note", "tags", "callback", "callback/done":
        fields = {"text": "x", "tag": "follow_up", "outcome": "other"}
        answer = client.post(f"/desk/handoffs/{mine.pk}/{action}", fields)
        assert answer["Location"] == "/desk/?notice=gone", action
    for path in "", "hand", "news?after=0&state=live":
        assert client.get(f"/desk/handoffs/{mine.pk}/{path}").status_code == 302
    mine.refresh_from_db()
    assert mine.state == "live" and not Note.objects.exists() and not Tag.objects.exists()


def test_what_is_at_hand_is_in_the_person_s_language(sofia: Any) -> None:
    handoff = states.claim(request(language="it").pk, sofia)
    shown = page(client_of(sofia), handoff, "hand")
    inserts = re.findall(r'data-insert="([^"]*)"', shown)
    assert any(text.startswith("Buongiorno, sono Sofia (Città dei mestieri dimostrativa") for text in inserts)
    assert "Prochains événements" in shown and "Vérifié le 22 novembre" in shown
    assert "ne peut pas servir, il manque : téléphone" in shown
    assert not [text for text in inserts if "{" in text]
    numbers = [int(number) for number in re.findall(r'data-number="(\d+)"', shown)]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= 3


def test_a_language_in_which_nothing_is_written_has_a_fallback_that_is_told(sofia: Any) -> None:
    handoff = states.claim(request(language="de").pk, sofia)
    shown = page(client_of(sofia), handoff, "hand")
    assert "Hello, this is Sofia" in shown
    assert "elle partira en English" in shown


def test_a_request_for_no_cite_says_so(sofia: Any) -> None:
    handoff = states.claim(request().pk, sofia)
    Handoff.objects.update(cite="")
    Conversation.objects.update(cite="")
    shown = page(client_of(sofia), handoff, "hand")
    assert "Cette demande n'est liée à aucune Cité." in shown


def test_the_summary_tells_what_was_offered_and_asked_last(sofia: Any, mine: Handoff) -> None:
    service.post_message(mine.conversation_id, "id-last", text="et le soir, c'est ouvert ?")
    shown = page(client_of(sofia), mine)
    assert "<dt>Derniers mots écrits</dt><dd>et le soir, c'est ouvert ?</dd>" in shown
    assert "<dt>Ce que l'assistant a montré</dt><dd>Cité de démonstration · Les horaires</dd>" in shown
    assert "compris : « Changer de métier », sûr (91 %)" in shown
    assert '<li class="choice">L\'agenda</li>' in shown


def test_last_words_that_are_the_request_are_not_told_twice(sofia: Any, mine: Handoff) -> None:
    service.post_message(mine.conversation_id, "id-last", text=mine.summary["request"])
    shown = page(client_of(sofia), mine)
    assert f"<dd>{mine.summary['request']}</dd>" in shown
    assert "Derniers mots écrits" not in shown


def test_calling_back(sofia: Any) -> None:
    handoff, marc = request(), account("Marc", "demo")
    callbacks.request(handoff.conversation_id, "Camille", "04 91 00 00 00", "le matin")
    client = client_of(sofia)
    assert "À rappeler (1)" in unescape(client.get("/desk/").content.decode())
    assert "Camille" not in page(client, handoff)
    shown = do(client, handoff, "callback")
    assert "Camille" in shown and "le matin" in shown
    assert Entry.objects.filter(action="callback_view", account=sofia.pk).count() == 1
    assert "Camille" not in do(client_of(marc), handoff, "callback")
    assert "indiquez d'abord" in do(client, handoff, "callback/done")
    do(client, handoff, "callback/done", outcome="callback")
    assert (handoff.state, handoff.outcome) == ("done", "callback")
    assert "À rappeler" not in unescape(client.get("/desk/").content.decode())


@pytest.mark.parametrize("leaves", ["closed", "elsewhere"])
def test_a_call_back_of_who_has_left_is_taken_over_by_any_of_the_cite(sofia: Any, leaves: str) -> None:
    handoff, marc = request(), account("Marc", "demo")
    callbacks.request(handoff.conversation_id, "Camille", "04 91 00 00 00", "le matin")
    do(client_of(sofia), handoff, "callback")
    client, taking = client_of(marc), {"take_over": sofia.pk}
    shown = page(client, handoff)
    assert "Sofia a déjà ouvert cette demande" in shown and "Reprendre ce rappel" not in shown
    assert "Camille" not in do(client, handoff, "callback", **taking)  # Sofia is still there
    if leaves == "closed":
        type(sofia).objects.filter(pk=sofia.pk).update(is_active=False)
    else:
        sofia.memberships.all().delete()
    left = "À reprendre : Sofia ne fait plus partie de l'équipe."
    assert left in unescape(client.get("/desk/").content.decode())
    shown = page(client, handoff)
    assert left in shown and f'name="take_over" value="{sofia.pk}"' in shown
    assert "Camille" not in do(client, handoff, "callback")  # never unawares
    assert "Camille" in do(client, handoff, "callback", **taking)
    assert Entry.objects.filter(action="callback_view", account=marc.pk, object=str(handoff.pk)).count() == 1
    do(client, handoff, "callback/done", outcome="answered")
    assert (handoff.state, handoff.claimed_by_id) == ("done", marc.pk)


def test_a_coordinator_takes_a_call_back_over_from_who_is_still_there(sofia: Any) -> None:
    handoff, lea = request(), account("Léa", "demo", role="coordinator")
    callbacks.request(handoff.conversation_id, "Camille", "04 91 00 00 00", "le matin")
    do(client_of(sofia), handoff, "callback")
    client = signed_in(lea, factor=True)
    assert "Reprendre ce rappel" in page(client, handoff)
    assert "Camille" in do(client, handoff, "callback", take_over=sofia.pk)
    assert "Léa a aussi ouvert cette demande" in page(client_of(sofia), handoff)
    assert "changé entre-temps" in do(client_of(sofia), handoff, "callback/done", outcome="answered")
    assert handoff.state == "callback"


def test_a_note_that_cannot_be_written_down_is_not_kept(
    sofia: Any, mine: Handoff, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(beside, "record", fails)
    with pytest.raises(DatabaseError):
        do(client_of(sofia), mine, "note", text="rappeler demain")
    assert not Note.objects.exists()


def test_in_a_language_that_nobody_declares_it_may_be_passed_to_everybody(sofia: Any) -> None:
    marc = account("Marc", "nimes")
    assert exchange.colleagues(states.claim(request("", "nl").pk, sofia)) == [marc]
    account("Kate", language="en")  # has no role
    assert exchange.colleagues(states.claim(request("", "en").pk, sofia)) == [marc]
    kate = account("Kath", "nimes", language="en")
    assert exchange.colleagues(states.claim(request("", "en").pk, sofia)) == [kate]


def test_however_many_colleagues_there_are_they_are_looked_up_at_once(
    sofia: Any, mine: Handoff, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        account(f"Collègue{number}", "demo")
    with django_assert_num_queries(3):
        assert len(exchange.colleagues(mine)) == 5
