"""A handoff passed on, put back, ended with an outcome; where it is to go."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import pytest
from django.db import connection

from bot.knowledge.paths import ROOT
from bot.web.conversations import callbacks, states
from bot.web.conversations.models import Handoff, Outcome
from bot.web.conversations.states import WrongState

from .handoffs import advisor, audit, fresh, live, waiting
from .helpers import begin, conversation, house, say

pytestmark = pytest.mark.django_db(transaction=True)


def test_to_another_advisor_without_a_moment_in_which_nobody_has_it() -> None:
    sofia, marc = advisor("Sofia"), advisor("Marc")
    handoff = live(sofia)
    states.transfer(handoff.pk, sofia, marc)
    assert conversation(handoff.conversation_id).speaker == "advisor"
    with pytest.raises(WrongState):
        states.advisor_says(handoff.pk, sofia, "encore moi")
    states.advisor_says(handoff.pk, marc, "bonjour")
    assert house(handoff.conversation_id)[-1].startswith("Sofia passe la conversation à Marc")
    assert audit(handoff)[-1] == ("live", "live", f"advisor:{sofia.pk}", f"transfer:{marc.pk}")


@pytest.mark.parametrize(
    ("language", "reassigned", "sought"),
    [
        ("fr", "Marc, de l'équipe, vous répond maintenant à la place de Sofia", "Nous cherchons quelqu'un d'autre"),
        ("en", "Marc, from the team, now answers you instead of Sofia", "We are looking for somebody else"),
        ("es", "Marc, del equipo, le responde ahora en lugar de Sofia", "Buscamos a otra persona"),
        ("it", "Marc, dell'équipe, ora Le risponde al posto di Sofia", "Cerchiamo un'altra persona"),
        ("pt", "Marc, da equipa, responde-lhe agora em vez de Sofia", "Procuramos outra pessoa"),
    ],
)
def test_by_somebody_who_does_not_have_it(language: str, reassigned: str, sought: str) -> None:
    sofia, marc, lea = advisor("Sofia"), advisor("Marc"), advisor("Lea")
    handoff = live(sofia, language=language)
    states.transfer(handoff.pk, lea, marc, held_by=sofia.pk)
    assert audit(handoff)[-1] == ("live", "live", f"advisor:{lea.pk}", f"transfer:{marc.pk}")
    assert reassigned in house(handoff.conversation_id)[-1]
    with pytest.raises(WrongState):
        states.transfer(handoff.pk, lea, None, held_by=sofia.pk)  # who had it then has it no longer
    states.transfer(handoff.pk, lea, None, held_by=marc.pk)
    assert (fresh(handoff).state, fresh(handoff).claimed_by) == ("waiting", None)
    assert audit(handoff)[-1] == ("live", "waiting", f"advisor:{lea.pk}", "transfer")
    assert sought in house(handoff.conversation_id)[-1]


def test_back_into_the_queue_where_somebody_else_may_take_it() -> None:
    sofia, marc = advisor("Sofia"), advisor("Marc")
    handoff = live(sofia)
    first = fresh(handoff).claimed
    states.transfer(handoff.pk, sofia, None)
    row = fresh(handoff)
    assert (row.state, row.claimed_by, conversation(row.conversation_id).speaker) == ("waiting", None, "waiting")
    assert row.queued > row.opened
    assert "Sofia a quitté la conversation" in house(row.conversation_id)[-1]
    states.claim(handoff.pk, marc)
    assert fresh(handoff).claimed == first  # how long the person waited at first


def test_it_is_not_passed_on_by_somebody_else_nor_to_oneself_nor_to_a_closed_account() -> None:
    sofia, marc = advisor("Sofia"), advisor("Marc")
    handoff = live(sofia)
    gone = advisor("Gone", is_active=False)
    for by, to in [(marc, marc), (marc, None), (sofia, sofia), (sofia, gone)]:
        with pytest.raises(WrongState):
            states.transfer(handoff.pk, by, to)
    assert fresh(handoff).claimed_by == sofia
    assert len(audit(handoff)) == 2


@pytest.mark.parametrize("end", [states.give_back, states.close])
def test_an_end_has_an_outcome_or_none_and_no_other(end: Callable[..., Handoff]) -> None:
    sofia = advisor("Sofia")
    for outcome in (*Outcome.values, ""):
        handoff = live(sofia)
        end(handoff.pk, sofia, outcome=outcome)
        assert fresh(handoff).outcome == outcome
    handoff = live(sofia)
    with pytest.raises(ValueError, match="nonsense"):
        end(handoff.pk, sofia, outcome="nonsense")
    assert fresh(handoff).state == "live"


def test_it_goes_to_the_page_s_cite_else_to_the_one_talked_about() -> None:
    on_page = waiting(cite="paris", language="it")
    assert (on_page.cite, on_page.language, on_page.concern, on_page.channel) == ("paris", "it", "change_job", "widget")
    talk = begin(channel="telegram")
    found = states.open_handoff(talk, False, {"cite": "marseille"}, "bot")
    assert (found.cite, found.concern, found.channel) == ("marseille", "", "telegram")
    assert states.open_handoff(begin(), False, {}, "bot").cite == ""


def test_the_page_s_cite_goes_before_the_one_talked_about() -> None:
    handoff = states.open_handoff(begin(cite="paris"), True, {"cite": "marseille"}, "bot")
    assert handoff.cite == "paris"


def test_without_consent_only_the_request_and_the_concern_go_with_it() -> None:
    assert waiting(consent=False).summary == {
        "concern": "change_job", "request": "avant", "language": "fr", "cite": "demo",
    }  # fmt: skip
    assert waiting().summary["place"] == "Marseille"


def test_at_the_same_instant_one_move_wins_and_the_speaker_fits() -> None:
    """The person leaves, the advisor passes it on, ends it: in whichever order, what results is one of the states."""
    sofia, marc = advisor("Sofia"), advisor("Marc")
    for _ in range(4):
        handoff = live(sofia)
        talk = handoff.conversation_id
        done: list[str] = []
        moves: list[tuple[str, Callable[[], object]]] = [
            ("transfer", lambda h=handoff: states.transfer(h.pk, sofia, marc)),
            ("queue", lambda h=handoff: states.transfer(h.pk, sofia, None)),
            ("close", lambda h=handoff: states.close(h.pk, sofia, "answered")),
            ("say", lambda h=handoff: states.advisor_says(h.pk, sofia, "et voilà")),
            ("person", lambda t=talk: say(t, "merci")),
            ("callback", lambda t=talk: callbacks.cancel(t)),
        ]
        barrier = threading.Barrier(len(moves))
        threads = [threading.Thread(target=_try, args=(barrier, *move, done)) for move in moves]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        row, speaker = fresh(handoff), conversation(talk).speaker
        assert {"live": "advisor", "waiting": "waiting", "closed": "bot"}[row.state] == speaker
        assert sum(move in done for move in ("transfer", "queue", "close")) == 1
        numbers = list(conversation(talk).messages.order_by("seq").values_list("seq", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


def _try(barrier: threading.Barrier, name: str, move: Callable[[], object], done: list[str]) -> None:
    barrier.wait()
    try:
        move()
        done.append(name)
    except WrongState:
        pass
    finally:
        connection.close()


def test_nobody_else_changes_who_speaks_or_the_state_of_a_handoff() -> None:
    pattern = r"(speaker|\.state) = |update\(.*\b(speaker|state)=|\b(moves|speaks|finish)\("
    allowed = {f"{name}.py" for name in ("states", "callbacks", "watch", "silence", "transitions", "models")}
    sources = (ROOT / "bot" / "web").rglob("*.py")
    changing = {path.name for path in sources if re.search(pattern, path.read_text("utf-8"))}
    assert changing - allowed == set()
    assert {"states.py", "transitions.py"} <= changing
