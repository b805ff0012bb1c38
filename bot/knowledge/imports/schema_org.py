"""What a Cité's own page says of it in schema.org's words: address, degrees, contacts and opening hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.knowledge import fetch
from bot.knowledge.cite_names import bears
from bot.knowledge.cites import Cite, find_cite
from bot.knowledge.errors import DataError
from bot.knowledge.imports import opening_specification, values
from bot.knowledge.imports.merge import Claim
from bot.knowledge.imports.recognition import Clue, Verdict
from bot.knowledge.imports.report import Match, Report
from bot.knowledge.imports.values import RefusedError
from bot.knowledge.json_ld import Node, Page, listed, read_page, text_of, types
from bot.knowledge.text import fold

TYPES = frozenset(
    {
        *("LocalBusiness", "ProfessionalService", "EmploymentAgency", "Library", "Place", "CivicStructure"),
        *("GovernmentBuilding", "CommunityCentre", "Organization", "Corporation", "NGO", "NonprofitOrganization"),
        *("GovernmentOffice", "GovernmentOrganization", "EducationalOrganization", "School", "CollegeOrUniversity"),
    }
)
"""The types of a node that may describe a Cité; any other that has opening hours is read too."""

_NEVER = frozenset({"Person", "Event", "Offer", "Article", "WebPage", "WebSite"})
_HOURS = ("openingHoursSpecification", "specialOpeningHoursSpecification", "openingHours")


def read(
    page: str,
    cite: Cite,
    cites: Mapping[str, Cite],
    source: str | None,
    today: date,
    report: Report,
    any_name: bool = False,
) -> None:
    """Add to `report` what a page (an http(s) address or a file) says of a Cité, as checked `today`.

    `source`: the page's address where a file does not say it. `any_name`: take the only body of a page, even if it
    does not bear the Cité's name. Raises `DataError` when the page cannot be had, has no JSON-LD, or no address. What
    describes another body, or another Cité, is told and left out.
    """
    content, address = _content(page)
    found = read_page(content)
    report.files.append(page)
    report.faults += [_broken(page, line, message) for line, message in found.broken]
    described = [node for node in found.nodes if _describes(node)]
    if not described:
        raise _nothing(page, found)
    chosen = _chosen(described, cite, cites, any_name)
    report.matches += [_match(node, cite, cites, page, node in chosen) for node in described]
    if chosen:
        origin = address or source or found.address
        if origin is None:
            mend = "give it, for example --source https://www.example.org/contact"
            raise DataError(page, 1, "the file does not say the address of its page", mend)
        report.claim(cite, None, [c for node in chosen for c in _claims(node, cite, origin, page, today)])


def _content(page: str) -> tuple[bytes, str | None]:
    """The page, and its address when it was asked for by it."""
    try:
        if page.lower().startswith(("http://", "https://")):
            return fetch.fetch(page, fetch.STRANGER).body or b"", page
        return Path(page).read_bytes(), None
    except fetch.FetchError as error:
        mend = "try again later, or save the page in a browser and give the file"
        raise DataError(page, 1, f"the page cannot be had ({error})", mend) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(page, 1, f"the file cannot be read ({reason})", "check its name and rights") from None


def _broken(page: str, line: int, message: str) -> DataError:
    return DataError(page, line, f"not valid JSON-LD: {message}", "the page's own site must correct it")


def _nothing(page: str, found: Page) -> DataError:
    message = "there is no JSON-LD that describes a place or a body"
    if found.microdata:
        message += "; the page has microdata or RDFa, which are not read"
    return DataError(page, 1, message, "copy its facts into the Cité's file by hand, with this page as their source")


def _describes(node: Node) -> bool:
    kinds = types(node)
    if kinds & _NEVER or not text_of(node.get("name")):
        return False
    return bool(kinds & TYPES) or any(key in node for key in _HOURS)


def _chosen(nodes: list[Node], cite: Cite, cites: Mapping[str, Cite], any_name: bool) -> list[Node]:
    """The nodes of the Cité's name; with `any_name`, else all where they are of one name, and that of no other.

    A page whose only node is of whoever made it, or of the house that pays for it, is common.
    """
    own = [node for node in nodes if _is_named(_name(node), cite, cites)]
    is_one = len({fold(_name(node)) for node in nodes}) == 1 and find_cite(_name(nodes[0]), cites) in (None, cite)
    return own or (nodes if any_name and is_one else [])


def _is_named(name: str, cite: Cite, cites: Mapping[str, Cite]) -> bool:
    """Whether a name is the Cité's; that of its town is the town hall's too."""
    return find_cite(name, cites) is cite and (bears(name, cite) or Clue(name).labelled)


def _name(node: Node) -> str:
    return text_of(node["name"]) or ""


def _match(node: Node, cite: Cite, cites: Mapping[str, Cite], page: str, is_chosen: bool) -> Match:
    name = _name(node)
    if is_chosen:
        return Match(name, page, Verdict("cite", cite))
    if (named := find_cite(name, cites)) not in (None, cite):
        return Match(name, page, Verdict("look_alike", why=f"it is {named.id}"))
    why = "it does not bear the name of the Cité; --any-name takes the only body of a page for it"
    return Match(name, page, Verdict("ambiguous", candidates=(cite.id,), why=why))


def _claims(node: Node, cite: Cite, source: str, page: str, today: date) -> Iterator[Claim]:
    for field, build in _BUILDERS.items():
        try:
            found, refused = build(node, cite, today), None
        except RefusedError as error:
            found, refused = _raw(node, field), str(error)
        if found is not None:
            yield Claim(field, found, source, today, page, refused)


def _raw(node: Node, field: str) -> str:
    keys = {"coordinates": ("geo",), "phone": ("telephone",), "website": ("url",), "hours": _HOURS}
    said = [str(node[key]) for key in keys.get(field, (field,)) if key in node]
    return " ".join(" ".join(said).split())[:200] or "?"


def _coordinates(node: Node, cite: Cite, today: date) -> dict[str, float] | None:
    geo = _first(node, "geo")
    if not isinstance(geo, Mapping) or "latitude" not in geo:
        return None
    return values.coordinates(text_of(geo.get("latitude")), text_of(geo.get("longitude")))


def _address(node: Node, cite: Cite, today: date) -> str | None:
    address = _first(node, "address")
    if not isinstance(address, Mapping):
        text = text_of(address)
        return values.short(text) if text else None
    parts = (text_of(address.get(key)) for key in ("streetAddress", "postalCode", "addressLocality"))
    return values.address(None, *parts)


def _phone(node: Node, cite: Cite, today: date) -> str | None:
    numbers = [values.phone(text, cite.territory) for text in _contacts(node, "telephone")]
    return values.only(numbers)


def _email(node: Node, cite: Cite, today: date) -> str | None:
    return values.only(values.email(text) for text in _contacts(node, "email"))


def _website(node: Node, cite: Cite, today: date) -> str | None:
    url = text_of(node.get("url"))
    return values.website(url) if url else None


def _hours(node: Node, cite: Cite, today: date) -> str | None:
    specifications = [one for key in _HOURS[:2] for one in listed(_first(node, key, whole=True))]
    if specifications:
        return opening_specification.from_specifications(specifications, today)
    texts = [text for one in listed(_first(node, "openingHours", whole=True)) if (text := text_of(one))]
    return opening_specification.from_texts(texts) if texts else None


def _first(node: Node, key: str, whole: bool = False) -> Any:
    """The value of a key: the node's own, else that of its place; all of it, or the first where it is a list."""
    for one in (node, *(place for place in listed(node.get("location")) if isinstance(place, Mapping))):
        if value := listed(one.get(key)):
            return value if whole else value[0]
    return None


def _contacts(node: Node, key: str) -> list[str]:
    """The node's own numbers or addresses, else those of its contact points."""
    own = [text for one in listed(node.get(key)) if (text := text_of(one))]
    points = [point for point in listed(node.get("contactPoint")) if isinstance(point, Mapping)]
    return own or [text for point in points for one in listed(point.get(key)) if (text := text_of(one))]


_BUILDERS: Mapping[str, Callable[[Node, Cite, date], Any]] = {
    "coordinates": _coordinates,
    "address": _address,
    "phone": _phone,
    "email": _email,
    "website": _website,
    "hours": _hours,
}
