"""Starting over, and erasing."""

from __future__ import annotations

from actions.start_over import OfferErasure, StartOver

from .turns import answer, said, where


def test_all_is_forgotten_but_the_language() -> None:
    known = {"place": where("Namur"), "cite": "namur", "concern": "find_job", "language": "en"}
    found = answer(StartOver(), said("restart", "start again", slots=known))
    forgotten = {"place": None, "cite": None, "concern": None, "pending": None, "failures": 0}
    assert found.slots == forgotten
    assert found.responses == ["start_over", "greet"]
    assert {message.language for message in found.messages} == {"en"}
    assert "/find_nearest_cite" in found.payloads


def test_erasing_is_confirmed_first() -> None:
    found = answer(OfferErasure(), said("delete_data", "effacez tout"))
    assert found.responses == ["confirm_erasure"]
    assert found.payloads == ["/affirm", "/deny"]
    assert found.slots["pending"] == {"ask": "erasure"}
    assert found.custom == {}
