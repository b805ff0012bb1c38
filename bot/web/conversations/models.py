"""What the door keeps. Texts are redacted before they come here; nothing tells who a person is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Speaker(models.TextChoices):
    """Who answers the person now: the one truth of who may speak."""

    BOT = "bot"
    WAITING = "waiting"
    ADVISOR = "advisor"


class Author(models.TextChoices):
    """Whose message it is. `signal` is what the door itself says to Rasa; nobody is shown it."""

    PERSON = "person"
    BOT = "bot"
    ADVISOR = "advisor"
    HOUSE = "house"
    SIGNAL = "signal"


class Progress(models.TextChoices):
    """How far a message for Rasa has come; `kept` ones are for an advisor, `none` is everybody else's."""

    NONE = ""
    PENDING = "pending"
    SENT = "sent"
    ANSWERED = "answered"
    FAILED = "failed"
    KEPT = "kept"


class Conversation(models.Model):
    """One person's thread with the house, under a random id."""

    id = models.CharField(primary_key=True, max_length=64)
    token_hash = models.CharField(max_length=64, blank=True)
    expires = models.DateTimeField(null=True)
    channel = models.CharField(max_length=20, default="widget")
    language = models.CharField(max_length=2, default="fr")
    cite = models.CharField(max_length=80, blank=True)
    page_cite = models.CharField(max_length=80, blank=True)
    """The Cité of the page on which it began: how long it is kept depends on this one, whichever is talked about."""
    concern = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=200, blank=True)
    speaker = models.CharField(max_length=10, choices=Speaker.choices, default=Speaker.BOT)
    last_seq = models.PositiveIntegerField(default=0)
    first_seq = models.PositiveIntegerField(default=0)
    """Messages up to this one belong to what the person left behind by starting anew."""
    created = models.DateTimeField(default=timezone.now)
    last_seen = models.DateTimeField(default=timezone.now)
    told_delayed = models.BooleanField(default=False)
    """Whether the person already knows that answers are late; cleared by the next answer."""
    told_sensitive = models.BooleanField(default=False)
    """Whether the person was told that they need not say more of what is sensitive: once is enough."""
    due = models.DateTimeField(null=True, db_index=True)
    """When its first unanswered message is to be tried; null when there is none."""
    lease_owner = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    """Until when `lease_owner` alone may carry this conversation's messages to Rasa."""
    person_typing = models.DateTimeField(null=True)
    advisor_typing = models.DateTimeField(null=True)
    """Until when each of the two counts as typing."""
    person_read_seq = models.PositiveIntegerField(default=0)
    advisor_read_seq = models.PositiveIntegerField(default=0)
    """Up to which message each of the two has read."""


class Message(models.Model):
    """One line of a conversation, numbered by `seq` from 1."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    seq = models.PositiveIntegerField()
    author = models.CharField(max_length=10, choices=Author.choices)
    name = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    command = models.TextField(blank=True)
    """What Rasa gets in place of the text: the payload of a choice, or a signal."""
    payload = models.JSONField(default=dict)
    """cards: list, choices: list of {key, title}, masked: list of kinds, intent, confidence, consent: true for the
    question whether to share, desk_only: true where the person is not shown it; each may be missing."""
    language = models.CharField(max_length=2, blank=True)
    client_id = models.CharField(max_length=64, null=True)
    created = models.DateTimeField(default=timezone.now)
    progress = models.CharField(max_length=10, choices=Progress.choices, default=Progress.NONE, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        """What the database itself makes sure of."""

        ordering = ("seq",)
        constraints = (
            models.UniqueConstraint(fields=["conversation", "seq"], name="message_seq_unique"),
            models.UniqueConstraint(fields=["conversation", "client_id"], name="message_client_id_unique"),
        )


class Reason(models.TextChoices):
    """Why an answer was of no use."""

    MISUNDERSTOOD = "misunderstood"
    WRONG_FACT = "wrong_fact"
    STALE = "stale"
    INCOMPLETE = "incomplete"
    TONE = "tone"
    OTHER = "other"


class Feedback(models.Model):
    """What the person thought of one message of the bot."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="feedback")
    useful = models.BooleanField()
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    at = models.DateTimeField(auto_now=True)


class Offer(models.Model):
    """A choice the door has offered: an opaque key for a payload that never leaves the door."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="offers")
    key = models.CharField(max_length=32)
    title = models.TextField()
    payload = models.TextField()

    class Meta:
        """What the database itself makes sure of."""

        constraints = (models.UniqueConstraint(fields=["conversation", "key"], name="offer_key_unique"),)


class HandoffState(models.TextChoices):
    """The life of a handoff: waiting, then live, then given back or closed; or waiting, callback, then done."""

    WAITING = "waiting"
    LIVE = "live"
    GIVEN_BACK = "given_back"
    CLOSED = "closed"
    CALLBACK = "callback"
    DONE = "done"


OPEN_STATES = (HandoffState.WAITING, HandoffState.LIVE)
"""Those in which the assistant is silent."""


class Outcome(models.TextChoices):
    """What came of a handoff, as who ended it says; empty where nobody said."""

    ANSWERED = "answered"
    ORIENTED = "oriented"
    APPOINTMENT = "appointment"
    CALLBACK = "callback"
    LEFT = "left"
    ABUSE = "abuse"
    OTHER = "other"


class Handoff(models.Model):
    """A person's wish to talk to a human, and what became of it."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="handoffs")
    state = models.CharField(max_length=10, choices=HandoffState.choices, default=HandoffState.WAITING)
    consent = models.BooleanField()
    """Whether the person lets the advisor read what was said before."""
    summary = models.JSONField(default=dict)
    """concern, place, language, cite, request: strings, each may be missing or null."""
    from_seq = models.PositiveIntegerField()
    """The advisor reads what came after this message: without consent, only what followed the request."""
    to_seq = models.PositiveIntegerField(null=True)
    """Once it has ended, the advisor reads up to this message: what follows is no longer theirs."""
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="handoffs")
    opened = models.DateTimeField(default=timezone.now)
    queued = models.DateTimeField(default=timezone.now)
    """Since when it waits: from its opening, or from when an advisor put it back into the queue."""
    claimed = models.DateTimeField(null=True)
    """When an advisor took it for the first time."""
    ended = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    cite = models.CharField(max_length=80, blank=True, db_index=True)
    """Whose advisors are asked first: the page's Cité, else the one talked about; empty when there is none."""
    language = models.CharField(max_length=2, default="fr")
    concern = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=20, default="widget")
    widened = models.DateTimeField(null=True)
    """Since when the advisors of any Cité may take it."""
    told_unanswered = models.DateTimeField(null=True)
    """When the person was told that nobody answers yet, and what else there is."""
    reminded = models.DateTimeField(null=True)
    """When the person, silent since the advisor's last words, was asked whether they are still there."""
    held = models.DateTimeField(null=True)
    """While it is live: since when its advisor has it."""
    nudged = models.DateTimeField(null=True)
    """When its advisor was given a sign that an answer is awaited; null once they have answered."""

    class Meta:
        """What the database itself makes sure of."""

        constraints = (
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(state__in=OPEN_STATES), name="handoff_one_open"
            ),
        )


class Transition(models.Model):
    """The audit: one line for each change of a handoff's state. Goes with its conversation."""

    handoff = models.ForeignKey(Handoff, models.CASCADE, related_name="transitions")
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    actor = models.CharField(max_length=40)
    """person, bot, house, or advisor:<account id>"""
    detail = models.CharField(max_length=40, blank=True)
    """What changed where the state did not: widened, told, reminded, nudged, transfer, transfer:<account id>,
    silent:<id of the account that did not answer>, opened, taken_over:<id of the account that had it>."""
    at = models.DateTimeField(default=timezone.now)


class Callback(models.Model):
    """How to reach somebody who asked to be called back. Each text is encrypted (`bot.privacy.ciphers`).

    It goes with its conversation, when it is done, or after CALLBACK_DAYS.
    """

    handoff = models.OneToOneField(Handoff, models.CASCADE, related_name="callback")
    name = models.TextField()
    contact = models.TextField()
    moment = models.TextField(blank=True)
    asked = models.DateTimeField(default=timezone.now)


class Presence(models.Model):
    """Who has the desk open: one line an account, renewed at each look of the desk."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="presence")
    cites = models.JSONField(default=list)
    """Ids of the Cités that the account answers for; empty for all."""
    languages = models.JSONField(default=list)
    """The languages that it answers in, two letters each; empty for any."""
    available = models.BooleanField(default=True)
    seen = models.DateTimeField(default=timezone.now)


class Erasure(models.Model):
    """A conversation erased here whose trace Rasa must still forget. Holds nothing but the random id."""

    conversation_id = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    due = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=timezone.now)
    """Rasa is told again until then: a turn that was under way may write its trace after the first time."""


class ErasedHandoff(models.Model):
    """What the desk can still say of a request whose conversation its person erased: that it was, and when."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)


class Chore(models.Model):
    """Something that one process does for all of them, now and then."""

    name = models.CharField(primary_key=True, max_length=40)
    due = models.DateTimeField()
