"""Nobody can find out how many people are in a group of fewer than five."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.web.figures.kinds import ALL, KINDS, NOT_TAKEN, Kind, class_of, classes
from bot.web.figures.periods import NoPeriod, before, following, read_period
from bot.web.figures.protection import KEPT_BACK, STEP, protect

People = dict[str, dict[str, int]]
PARTS = [(kind.name, category) for kind in KINDS.values() for category in kind.categories]


def people(sizes: dict[str, dict[str, int]]) -> People:
    """Exact counts that hang together: tables that sort everybody have as many people as there are."""
    everybody = max([10, *(sum(sizes[name].values()) for name, kind in KINDS.items() if kind.of == "conversations")])
    handed_over = max([0, *(sum(sizes[name].values()) for name, kind in KINDS.items() if kind.of == "handoff")])
    everybody = max(everybody, handed_over)
    found: People = {name: dict(cells) for name, cells in sizes.items()}
    found["conversations"], found["handoff"] = {ALL: everybody}, {ALL: handed_over}
    for name, kind in KINDS.items():
        if kind.whole:
            total = found[str(kind.of)][ALL]
            first = kind.categories[-1]
            found[name][first] = found[name].get(first, 0) + total - sum(found[name].values())
    _hang_together(found)
    return found


def _hang_together(found: People) -> None:
    """Reasons are those of people who found an answer of no use; who was not answered had no exchange either."""
    reasons, useless = sum(found["reason"].values()), found["rating"].get("not_useful", 0)
    if reasons > useless:
        found["reason"] = {}
    if found["handling"].get(NOT_TAKEN, 0) < found["waiting"].get(NOT_TAKEN, 0):
        found["handling"] = {NOT_TAKEN: found["handoff"][ALL]}


SIZES = st.fixed_dictionaries(
    {
        name: st.dictionaries(
            st.sampled_from(kind.categories), st.one_of(st.integers(0, 4), st.integers(0, 60)), max_size=24
        )
        for name, kind in KINDS.items()
    }
).map(people)


def witness(shown: People, target: tuple[str, str], more: int) -> People:
    """Other exact counts of which the same is shown, and in which the target has `more` people than is shown.

    Everywhere else people are as few as can be; where tables sort everybody, who is missing is spread over
    the other categories.
    """
    kind, _ = target
    handed_over = kind == "handoff" or KINDS[kind].of == "handoff"
    totals = {
        "conversations": shown["conversations"][ALL] + more,
        "handoff": shown.get("handoff", {}).get(ALL, 0) + (more if handed_over else 0),
    }
    found = {}
    for name, each in KINDS.items():
        cells = {category: shown.get(name, {}).get(category, 0) for category in each.categories}
        own = {target[1]: more + _known_from_elsewhere(shown, target)} if name == kind else {}
        if each.whole:
            cells = _sorted(each, dict(shown.get(name, {})), totals[str(each.of)], own)
        else:
            cells = {category: count + own.get(category, 0) for category, count in cells.items()}
        found[name] = cells
    if kind == "reason":
        found["rating"]["not_useful"] += more
    return {**found, **{name: {ALL: total} for name, total in totals.items()}}


def _known_from_elsewhere(shown: People, target: tuple[str, str]) -> int:
    """Who was not answered, as is shown, had no exchange: where that table is kept back, so many are in it anyway."""
    kept_back = shown.get("handling") == KEPT_BACK
    return shown.get("waiting", {}).get(NOT_TAKEN, 0) if kept_back and target == ("handling", NOT_TAKEN) else 0


def _sorted(kind: Kind, shown: dict[str, int], total: int, own: dict[str, int]) -> dict[str, int]:
    """Everybody of a table, spread so that no category reaches the next multiple of five but by whole groups."""
    cells = {category: shown.get(category, 0) + own.get(category, 0) for category in kind.categories}
    missing = total - sum(cells.values())
    free = [category for category in kind.categories if category not in own]
    free.sort(key=lambda category: (category == NOT_TAKEN) != (kind.name == "handling"))
    if shown == KEPT_BACK:  # as much as can be is cut off as makes a table be kept back; the rest are whole groups
        cut = 3 * (len(kind.categories) - 1) // STEP * STEP + STEP
        groups = total // STEP * STEP - cut - sum(own.values()) // STEP * STEP
        cells[free[0]] += groups
        missing -= groups
    for category in free:
        added = min(STEP - 1, missing)
        cells[category] += added
        missing -= added
    assert missing == 0, (kind.name, shown, total, own)
    return cells


@settings(max_examples=60, deadline=None)
@given(SIZES, st.sampled_from(PARTS))
@example(people({name: dict.fromkeys(kind.categories, 4) for name, kind in KINDS.items()}), ("language", "fr"))
@example(people({name: dict.fromkeys(kind.categories, 9) for name, kind in KINDS.items()}), ("hour", "3"))
def test_any_category_may_have_any_number_from_what_is_shown_to_four_more(
    exact: People, target: tuple[str, str]
) -> None:
    shown = protect(exact)
    kind, category = target
    for more in range(STEP):
        other = witness(shown, target, more)
        assert protect(other) == shown
        known = shown.get(kind, {}).get(category, 0) + _known_from_elsewhere(shown, target)
        assert other[kind][category] == known + more
        assert_hangs_together(other)


def assert_hangs_together(counts: People) -> None:
    everybody = counts["conversations"][ALL]
    for name, kind in KINDS.items():
        total = counts[str(kind.of)][ALL] if kind.of else everybody
        many = sum(counts[name].values())
        assert many == total if kind.whole else many <= total, name
        assert min(counts[name].values(), default=0) >= 0
    assert sum(counts["reason"].values()) <= counts["rating"]["not_useful"]
    assert counts["handling"][NOT_TAKEN] >= counts["waiting"][NOT_TAKEN]


@settings(max_examples=100, deadline=None)
@given(SIZES)
def test_no_number_is_shown_that_is_not_a_group_of_five_or_more(exact: People) -> None:
    for name, cells in protect(exact).items():
        assert cells == KEPT_BACK or all(
            count % STEP == 0 and STEP <= count <= exact[name][category] for category, count in cells.items()
        )


def test_a_table_of_which_nearly_everything_is_cut_off_is_kept_back() -> None:
    fours = {"language": dict.fromkeys(KINDS["language"].categories, 4), "conversations": {ALL: 24}}
    assert protect(fours)["language"] == KEPT_BACK
    fives = {"language": dict.fromkeys(KINDS["language"].categories, 5), "conversations": {ALL: 30}}
    assert protect(fives)["language"] == dict.fromkeys(KINDS["language"].categories, 5)
    nobody_else = {"language": {"fr": 24}, "conversations": {ALL: 24}}
    assert protect(nobody_else)["language"] == {"fr": 20}


def test_nothing_is_shown_of_four_people_nor_of_nobody() -> None:
    four = {"conversations": {ALL: 4}, "language": {"fr": 4}, "hour": {"9": 4}}
    assert protect(four) == protect({}) == {}


@pytest.mark.parametrize(
    ("minutes", "name"), [(0, "under_1"), (0.99, "under_1"), (1, "1_2"), (4.9, "2_5"), (5, "over_5")]
)
def test_a_time_falls_into_one_class(minutes: float, name: str) -> None:
    assert class_of(minutes, (1, 2, 5)) == name
    assert classes((1, 2, 5)) == ("under_1", "1_2", "2_5", "over_5")


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_months_follow_each_other(day: date) -> None:
    month = day.replace(day=1)
    assert before(following(month)) == month
    assert before(month, 12) == month.replace(year=month.year - 1) if month.year > 2000 else True
    assert 28 <= (following(month) - month).days <= 31
    year = read_period(f"{month.year}")
    assert all(following(one) == other for one, other in pairwise(year.months))
    assert month in read_period(f"{month.year}-Q{(month.month + 2) // 3}").months
    assert read_period(f"{month:%Y-%m}").months == (month,)


@pytest.mark.parametrize(
    "written",
    ["", "27", "2027-5", "2027-13", "2027-00", "2027-Q5", "2027-05-01", "2027-05 ", "1999", "٢٠٢٧", "2027-05\n"],
)
def test_other_periods_cannot_be_asked_for(written: str) -> None:
    with pytest.raises(NoPeriod, match="is no period: write a month"):
        read_period(written)
