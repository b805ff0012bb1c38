"""The desk's pages."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bot.web import settings as door
from bot.web.audit.models import Entry
from bot.web.conversations import service, states, writing
from bot.web.conversations.models import Author, Conversation, Handoff
from bot.web.desk.models import Advisor

from .helpers import PASSWORD, account, begin, conversation, say, texts

pytestmark = pytest.mark.django_db(transaction=True)


def advisor(first_name: str, language: str = "fr") -> Advisor:
    return account(first_name, "marseille", language=language)


@pytest.fixture
def sofia() -> Client:
    """Sofia, signed in."""
    client = Client()
    client.force_login(advisor("Sofia"))
    return client


@pytest.fixture
def marc() -> Client:
    client = Client()
    client.force_login(advisor("Marc", "en"))
    return client


def waiting(consent: bool = True, request: str = "je veux parler à quelqu'un") -> Handoff:
    talk = begin(cite="marseille")
    say(talk, "ce que j'ai dit avant")
    conversation(talk).messages.update(progress="answered")
    Conversation.objects.filter(pk=talk).update(due=None)
    summary = {"concern": "change_job", "place": "Marseille", "language": "fr", "cite": "marseille", "request": request}
    return states.open_handoff(talk, consent, summary, "bot")


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer
    return unescape(answer.content.decode())


def do(client: Client, handoff: Handoff, action: str, **fields: str) -> str:
    """Press a button of a handoff's page; the page that follows."""
    answer = client.post(f"/desk/handoffs/{handoff.pk}/{action}", fields, follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_nobody_comes_in_without_an_account() -> None:
    handoff = waiting()
    client = Client()
    for path in "", f"handoffs/{handoff.pk}/", f"handoffs/{handoff.pk}/news?after=0&state=waiting":
        answer = client.get(f"/desk/{path}")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/desk/login?next=")
    for action in "claim", "answer", "give-back", "close":
        assert client.post(f"/desk/handoffs/{handoff.pk}/{action}", {"text": "x"}).status_code == 302
    handoff.refresh_from_db()
    assert handoff.state == "waiting"


def test_signing_in_and_out() -> None:
    advisor("Sofia")
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "fr"})

    def sign_in(password: str) -> Any:
        form = client.get("/desk/login").content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        assert token
        fields = {"username": "sofia", "password": password, "csrfmiddlewaretoken": token[1]}
        return client.post("/desk/login", fields)

    wrong = sign_in("no")
    assert "Identifiant ou mot de passe incorrect." in wrong.content.decode()
    assert sign_in(PASSWORD)["Location"] == "/desk/"
    assert "Compte : Sofia" in page(client, "/desk/")
    client = Client()
    client.force_login(Advisor.objects.get())
    client.post("/desk/logout")
    assert client.get("/desk/").status_code == 302


def test_passwords_are_kept_with_argon2(settings: Any) -> None:
    settings.PASSWORD_HASHERS = door.PASSWORD_HASHERS
    made = Advisor.objects.create_user("sofia", password=PASSWORD)
    assert made.password.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")


def test_a_form_from_elsewhere_is_refused_in_words() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(advisor("Sofia"))
    handoff = waiting()
    answer = client.post(f"/desk/handoffs/{handoff.pk}/claim")
    assert answer.status_code == 403
    assert "Cette demande n&#x27;a pas été acceptée." in answer.content.decode()  # as the account reads
    handoff.refresh_from_db()
    assert handoff.state == "waiting"


def test_attempts_are_limited(settings: Any) -> None:
    settings.RATES = {**settings.RATES, "login": (2, 60)}
    advisor("Sofia")
    client = Client(headers={"Accept-Language": "en"})
    statuses = [client.post("/desk/login", {"username": "sofia", "password": "no"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    last = client.post("/desk/login", {"username": "sofia", "password": PASSWORD})
    assert last.status_code == 429
    assert "Too many attempts" in last.content.decode()


def test_the_queue_shows_the_oldest_first(sofia: Client) -> None:
    assert "Personne n'attend." in page(sofia, "/desk/")
    handoffs = [waiting(request=f"demande {number}") for number in range(3)]
    states.claim(handoffs[1].pk, Advisor.objects.get())
    shown = page(sofia, "/desk/")
    assert shown.index("demande 0") < shown.index("demande 2") < shown.index("demande 1")
    assert "En attente (2)" in shown
    assert "En cours (1)" in shown
    assert "Changer de métier" in shown
    assert "Cité des métiers" in shown
    part = page(sofia, "/desk/?part=1")
    assert "<html" not in part
    assert "demande 2" in part


def test_the_desk_speaks_the_advisor_s_language(marc: Client) -> None:
    waiting()
    shown = page(marc, "/desk/")
    assert '<html lang="en">' in shown
    assert "Waiting (1)" in shown
    assert "Changing jobs" in shown
    marc.post("/desk/language", {"language": "fr"})
    assert "En attente (1)" in page(marc, "/desk/")
    assert marc.post("/desk/language", {"language": "xx"}).status_code == 400


def test_a_handoff_from_claim_to_giving_back(sofia: Client) -> None:
    handoff = waiting()
    talk = handoff.conversation_id
    shown = page(sofia, f"/desk/handoffs/{handoff.pk}/")
    assert shown.index("Résumé de l'assistant") < shown.index("Conversation</h2>")
    assert "ce que j'ai dit avant" in shown
    assert "Prendre en charge" in shown
    assert 'id="answer"' not in shown
    shown = do(sofia, handoff, "claim")
    assert "En cours avec Sofia" in shown
    assert 'id="answer"' in shown
    shown = do(sofia, handoff, "answer", text="  Bonjour, racontez-moi. ")
    assert "Bonjour, racontez-moi." in shown
    assert texts(talk, "advisor") == ["Bonjour, racontez-moi."]
    assert service.messages_after(talk)[-1].name == "Sofia"
    shown = do(sofia, handoff, "give-back")
    assert "Rendue à l'assistant" in shown
    assert 'id="answer"' not in shown
    assert conversation(talk).speaker == "bot"


def test_whoever_is_second_is_told(sofia: Client, marc: Client) -> None:
    handoff = waiting()
    do(sofia, handoff, "claim")
    shown = do(marc, handoff, "claim")
    assert "Somebody else has just taken this request" in shown
    assert 'id="answer"' not in shown
    shown = do(marc, handoff, "answer", text="moi aussi")
    assert "Your answer was not sent" in shown
    assert texts(handoff.conversation_id, "advisor") == []


def test_empty_and_endless_answers_are_not_sent(sofia: Client) -> None:
    handoff = waiting()
    do(sofia, handoff, "claim")
    for text in "", "   ", "x" * 2001:
        assert "envoyée" in do(sofia, handoff, "answer", text=text)
    assert texts(handoff.conversation_id, "advisor") == []


def test_invisible_characters_are_not_sent(sofia: Client) -> None:
    handoff = waiting()
    do(sofia, handoff, "claim")
    do(sofia, handoff, "answer", text="\x00Bon\u202ejour\x07\r\nà\u00a0vous\x00")
    assert texts(handoff.conversation_id, Author.ADVISOR) == ["Bonjour\nà\u00a0vous"]
    do(sofia, handoff, "answer", text="\x00\u202e")
    assert len(texts(handoff.conversation_id, Author.ADVISOR)) == 1


def test_without_consent_what_came_before_is_not_shown(sofia: Client) -> None:
    handoff = waiting(consent=False)
    shown = page(sofia, f"/desk/handoffs/{handoff.pk}/")
    assert "avant" not in shown
    assert "Marseille" in shown
    assert "je veux parler à quelqu'un" in shown
    say(handoff.conversation_id, "et maintenant")
    news = page(sofia, f"/desk/handoffs/{handoff.pk}/news?after=0&state=waiting")
    assert "et maintenant" in news
    assert "avant" not in news


def test_news_bring_only_what_is_new(sofia: Client) -> None:
    handoff = waiting()
    news = f"/desk/handoffs/{handoff.pk}/news"
    last = conversation(handoff.conversation_id).last_seq
    whole = page(sofia, f"/desk/handoffs/{handoff.pk}/")
    mark = re.search(r"others=(\w+)", whole)
    assert mark
    assert sofia.get(f"{news}?after={last}&state=waiting&others={mark[1]}").status_code == 204
    say(handoff.conversation_id, "du nouveau")
    shown = page(sofia, f"{news}?after={last}&state=waiting")
    assert "du nouveau" in shown
    assert "avant" not in shown
    assert f"after={last + 1}&state=waiting" in shown
    changed = sofia.get(f"{news}?after={last}&state=live")["HX-Redirect"]
    assert changed == f"/desk/handoffs/{handoff.pk}/?notice=now_waiting"
    assert sofia.get(f"{news}?after=x&state=live").status_code == 400


def test_what_is_read_without_its_page_is_in_the_audit_log_too(sofia: Client) -> None:
    handoff = waiting()
    seen = Entry.objects.filter(action="view", object=str(handoff.pk))
    news = f"/desk/handoffs/{handoff.pk}/news?state=waiting"
    page(sofia, f"{news}&after=1")
    assert seen.count() == 1
    say(handoff.conversation_id, "du nouveau")
    page(sofia, f"{news}&after=1")  # as an open page asks
    assert seen.count() == 1
    page(sofia, f"{news}&after=0")
    assert seen.count() == 2
    Entry.objects.update(at=timezone.now() - timedelta(days=1))
    page(sofia, f"{news}&after=1")
    assert seen.count() == 3


def test_an_erased_conversation_is_gone_from_the_desk_too(sofia: Client) -> None:
    handoff = waiting()
    service.erase(handoff.conversation_id)
    part = sofia.get(f"/desk/handoffs/{handoff.pk}/news?after=0&state=waiting", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == "/desk/?notice=gone"
    answer = sofia.get(f"/desk/handoffs/{handoff.pk}/", follow=True)
    assert "a effacé la conversation" in answer.content.decode()
    assert "a effacé la conversation" in do(sofia, handoff, "claim")


def test_what_people_write_is_text_and_never_markup(sofia: Client) -> None:
    handoff = waiting(request="<script>alert(1)</script>")
    say(handoff.conversation_id, "<img src=x onerror=alert(1)>")
    for path in "/desk/", f"/desk/handoffs/{handoff.pk}/":
        shown = sofia.get(path).content.decode()
        assert "<script>alert" not in shown
        assert "<img" not in shown


def test_a_table_of_hours_is_a_table(sofia: Client) -> None:
    handoff = waiting()
    rows = [{"day": "lundi 23 novembre", "hours": ["9 h – 17 h", "<b>fermé</b>"], "today": True}]
    week = {"kind": "week", "caption": "Les horaires", "columns": ["Jour", "Accueil", "Entretiens"], "rows": rows}
    talk = conversation(handoff.conversation_id)
    writing.add(talk, Author.BOT, text="Voici.", payload={"cards": [week]}, language="fr")
    shown = sofia.get(f"/desk/handoffs/{handoff.pk}/").content.decode()
    assert '<th scope="row">lundi 23 novembre</th><td>9 h – 17 h</td><td>&lt;b&gt;fermé&lt;/b&gt;</td>' in shown
    assert '<caption>Les horaires</caption><thead><tr><th scope="col">Jour</th>' in shown


def test_of_cards_the_advisor_sees_what_the_person_saw_and_no_machine_s_values(sofia: Client) -> None:
    handoff = waiting()
    cite = {"kind": "cite", "id": "demo", "name": "Cité de Testville", "city": "Testville", "distance_km": 3.4,
            "distance": "à environ 3 km", "address": "1 place & rue", "phone": None, "map": "https://map.example/?q=1",
            "website": "https://cite.example/", "hours": "Ouvert jusqu'à 17 h"}  # fmt: skip
    event = {"kind": "event", "title": "Atelier CV", "when": "mardi, 10 h", "cite": None, "place": "Salle 2",
             "details": "complet", "url": None, "booking": None, "calendar": "/events/demo/0f.ics"}  # fmt: skip
    talk = conversation(handoff.conversation_id)
    writing.add(talk, Author.BOT, text="Voici.", payload={"cards": [cite, event, {"kind": "new"}]}, language="fr")
    shown = page(sofia, f"/desk/handoffs/{handoff.pk}/")
    transcript = shown[shown.index('id="log"') :]
    told = re.findall(r"<li>(.*?)</li>", transcript)
    assert told == [
        "Cité de Testville", "Testville · à environ 3 km", "1 place & rue", "Ouvert jusqu'à 17 h",
        "https://cite.example/", "Atelier CV", "mardi, 10 h", "Salle 2", "complet",
    ]  # fmt: skip


def test_a_notice_is_one_of_the_known(sofia: Client) -> None:
    for name in "title", "%3Cb%3E":
        assert 'class="notice" role="alert"' not in page(sofia, f"/desk/?notice={name}")
    assert 'class="notice" role="alert"' in page(sofia, "/desk/?notice=gone")


def test_pages_are_kept_by_nobody_and_have_no_inline_script(sofia: Client) -> None:
    handoff = waiting()
    for path in "/desk/", f"/desk/handoffs/{handoff.pk}/":
        answer = sofia.get(path)
        assert "no-store" in answer["Cache-Control"]
        shown = answer.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", shown)
