"""What an account may see and do. Every view of the desk asks here, and none asks the models.

An advisor belongs to one Cité or more and sees the requests of those; a coordinator also looks after the people of a
Cité; an administrator sees all. A request without a Cité waits for everybody who speaks its language, or for everybody
where nobody does; so does one that was widened, since its Cité did not answer. Whoever takes one keeps it in sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from bot.web.audit.log import record
from bot.web.audit.models import Action, Entry
from bot.web.channels import outbox
from bot.web.channels.models import Parcel
from bot.web.conversations.erasure import erased_lately
from bot.web.conversations.models import Author, ErasedHandoff, Handoff, HandoffState, Message
from bot.web.desk.models import Advisor, Role
from bot.web.desk.scope import Scope, scope_of, scopes_of
from bot.web.desk.spoken import are_answered_in, spoken_by_anybody


def handoffs_for(account: Any) -> QuerySet[Handoff]:
    """The requests that an account may see, whatever their state, oldest first."""
    found = Handoff.objects.select_related("conversation", "claimed_by").order_by("opened", "pk")
    return found.filter(_seen_by(account))


def waiting(account: Any) -> QuerySet[Handoff]:
    """Those that wait for somebody, the longest waiting first."""
    return handoffs_for(account).filter(state=HandoffState.WAITING)


def untaken_calls(account: Any) -> QuerySet[Handoff]:
    """Those whose person is to be called back, and nobody has taken it on."""
    return handoffs_for(account).filter(state=HandoffState.CALLBACK, claimed_by=None)


def erased(account: Any) -> list[ErasedHandoff]:
    """The requests that people erased lately, of those that the account had seen or taken."""
    found = list(erased_lately())
    numbers = [str(one.number) for one in found]
    seen = Entry.objects.filter(account=account.pk, kind="handoff", object__in=numbers).exclude(action=Action.REFUSED)
    known = set(seen.values_list("object", flat=True))
    return [one for one in found if str(one.number) in known]


def find(account: Any, handoff_id: int) -> Handoff | None:
    """A request by its number; None when there is none, or none that the account may see: nobody learns which."""
    found = handoffs_for(account).filter(pk=handoff_id).first()
    if found is None:
        hidden = Handoff.objects.select_related("conversation").filter(pk=handoff_id).first()
        if hidden is not None and not _knows(account, handoff_id):
            record(account, Action.REFUSED, hidden)
    return found


def why_gone(account: Any, handoff_id: int) -> str:
    """Of a request that is not found: "taken" where the account had seen it and it goes on, else "gone"."""
    goes_on = Handoff.objects.filter(pk=handoff_id).exists()
    return "taken" if goes_on and _knows(account, handoff_id) else "gone"


def transcript(handoff: Handoff, after: int = 0) -> list[Message]:
    """What the advisor may read, as the person saw it, after the message numbered `after`.

    With consent from the start, else from the handoff on; never beyond the handoff's end.
    """
    shown = Message.objects.filter(conversation_id=handoff.conversation_id, seq__gt=max(after, handoff.from_seq))
    if handoff.to_seq is not None:
        shown = shown.filter(seq__lte=handoff.to_seq)
    return list(shown.exclude(author=Author.SIGNAL).order_by("seq"))


def letters_for(account: Any) -> QuerySet[Parcel]:
    """What never arrived in a messaging app, the latest first; `request`: the number of the request it belongs to.

    Who may see a request may see these of it. What belongs to none is for who leads the Cité of the conversation.
    """
    scope = scope_of(account)
    open_then = Handoff.objects.filter(conversation=OuterRef("contact__conversation"), from_seq__lt=OuterRef("seq"))
    around = open_then.filter(Q(to_seq=None) | Q(to_seq__gte=OuterRef("seq")))
    seen = around.filter(_seen_by(account)).order_by("-pk").values("pk")[:1]
    led = Q() if scope.everywhere else Q(contact__conversation__cite__in=scope.coordinates)
    found = outbox.lost().annotate(request=Subquery(seen))
    return found.filter(Q(request__isnull=False) | (~Q(Exists(around)) & led))


def find_letter(account: Any, letter_id: int) -> Parcel | None:
    """One of these; None when there is none, or none that the account may see: nobody learns which."""
    found = letters_for(account).filter(pk=letter_id).first()
    hidden = outbox.lost().filter(pk=letter_id).first() if found is None else None
    if hidden is not None:
        record(account, Action.REFUSED, hidden.contact.conversation)
    return found


def may(account: Any, action: str, object: Any) -> bool:
    """Whether an account may do something with a request, an account, or a Cité (its id; "" is all of them).

    Requests: view, claim, answer, give_back, close, transfer, note, export, erase, review,
    callback (read what a person left to be called back), take_over (the same, of one that somebody else has opened).
    Accounts: manage (disable, enable, give and take roles), reset (password, second factor).
    Cités: people, audit, notices, figures. What is not named here nobody may do.
    """
    rule = _RULES.get(action)
    return rule is not None and bool(account.is_active) and rule(account, scope_of(account), object)


def may_give(account: Any, role: str, cite: str) -> bool:
    """Whether an account may make somebody `role` at a Cité: a coordinator advisors there, an administrator all."""
    scope = scope_of(account)
    return scope.everywhere or (role == Role.ADVISOR and cite in scope.coordinates)


def may_take(account: Any, other: Advisor, cite: str) -> bool:
    """Whether an account may take from another what it is at a Cité: coordinators from advisors of theirs."""
    scope = scope_of(account)
    advises = other.memberships.filter(cite=cite, role=Role.ADVISOR).exists()
    return other.pk != account.pk and (scope.everywhere or (cite in scope.coordinates and advises))


def people_of(account: Any) -> QuerySet[Advisor]:
    """The accounts that somebody looks after: those of the Cités they coordinate, or all."""
    scope = scope_of(account)
    found = Advisor.objects.prefetch_related("memberships").order_by("first_name", "pk")
    return found if scope.everywhere else found.filter(memberships__cite__in=scope.coordinates).distinct()


def audit_of(account: Any) -> QuerySet[Entry]:
    """The lines of the audit log that somebody may read: of the Cités they coordinate, or all."""
    scope = scope_of(account)
    return Entry.objects.all() if scope.everywhere else Entry.objects.filter(cite__in=scope.coordinates)


def orphans(handoffs: Iterable[Handoff]) -> set[int]:
    """The numbers of those that somebody has who has left: their account is closed, or no more of that Cité."""
    held = [each for each in handoffs if each.claimed_by is not None]
    scopes = scopes_of({each.claimed_by for each in held})
    return {each.pk for each in held if not _is_of(scopes[each.claimed_by_id], cite_of(each))}


def cite_of(handoff: Handoff) -> str:
    """The id of the Cité that a request is for, or nothing."""
    return handoff.cite or handoff.conversation.cite


def _seen_by(account: Any) -> Q:
    scope = scope_of(account)
    if scope.everywhere:
        return Q()
    if not scope.cites:
        return Q(pk__in=())
    mine = Q(cite__in=scope.cites) | Q(claimed_by=account.pk)
    # What a person left to be called back stays with their Cité, even where the request had been widened.
    open_to_all = Q(cite="") | (Q(widened__isnull=False) & ~Q(state=HandoffState.CALLBACK))
    spoken = are_answered_in(account.languages, spoken_by_anybody())
    untaken = Q(claimed_by__isnull=True, ended__isnull=True)
    return mine | (open_to_all & spoken & untaken)


def _knows(account: Any, handoff_id: int) -> bool:
    """Whether the account has seen the request before."""
    seen = Entry.objects.filter(account=account.pk, kind="handoff", object=str(handoff_id))
    return seen.exclude(action=Action.REFUSED).exists()


def _sees(account: Any, scope: Scope, handoff: Handoff) -> bool:
    return handoffs_for(account).filter(pk=handoff.pk).exists()


def _claims(account: Any, scope: Scope, handoff: Handoff) -> bool:
    return handoff.state == HandoffState.WAITING and _sees(account, scope, handoff)


def _has_it(account: Any, scope: Scope, handoff: Handoff) -> bool:
    return handoff.claimed_by_id == account.pk


def _has_or_leads(account: Any, scope: Scope, handoff: Handoff) -> bool:
    return handoff.claimed_by_id == account.pk or scope.leads(cite_of(handoff))


def _has_or_belongs(account: Any, scope: Scope, handoff: Handoff) -> bool:
    return handoff.claimed_by_id == account.pk or scope.belongs(cite_of(handoff))


def _calls_back(account: Any, scope: Scope, handoff: Handoff) -> bool:
    """What a person left to be called back is for their Cité alone, even where the request was widened."""
    if cite_of(handoff) or handoff.claimed_by_id is not None:
        return _has_or_belongs(account, scope, handoff)
    return _sees(account, scope, handoff)


def _takes_over(account: Any, scope: Scope, handoff: Handoff) -> bool:
    """From who has left, anybody who might call back; from who is still there, only who leads the Cité."""
    if handoff.claimed_by_id in (None, account.pk) or not _calls_back(account, scope, handoff):
        return False
    return scope.leads(cite_of(handoff)) or bool(orphans([handoff]))


def _is_of(scope: Scope, cite: str) -> bool:
    """Whether one who has this scope may still have a request of that Cité; of none, whoever is of any."""
    return scope.belongs(cite) if cite else scope.everywhere or bool(scope.cites)


def _manages(account: Any, scope: Scope, other: Advisor) -> bool:
    """Nobody themselves; a coordinator those who are advisors of their Cités and nothing else."""
    if other.pk == account.pk:
        return False
    theirs = [(each.role, each.cite) for each in other.memberships.all()]
    mine = all(role == Role.ADVISOR and cite in scope.coordinates for role, cite in theirs)
    return scope.everywhere or (bool(theirs) and mine)


def _resets(account: Any, scope: Scope, other: Advisor) -> bool:
    return scope.everywhere and other.pk != account.pk


def _leads(account: Any, scope: Scope, cite: str) -> bool:
    return scope.leads(cite)


def _belongs(account: Any, scope: Scope, cite: str) -> bool:
    return scope.belongs(cite)


_RULES: dict[str, Callable[[Any, Scope, Any], bool]] = {
    "view": _sees,
    "claim": _claims,
    "answer": _has_it,
    "give_back": _has_it,
    "close": _has_it,
    "transfer": _has_or_leads,
    "note": _has_or_belongs,
    "export": _has_or_belongs,
    "erase": _has_or_belongs,
    "review": _has_or_belongs,
    "callback": _calls_back,
    "take_over": _takes_over,
    "manage": _manages,
    "reset": _resets,
    "people": _leads,
    "audit": _leads,
    "notices": _belongs,
    "figures": _belongs,
}
