"""What is counted. None of it says which conversation it comes from, once that conversation is removed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from bot.web.conversations.models import Conversation


class Counted(models.Model):
    """A conversation that is in the tallies of a month already. Goes with the conversation, or with the tallies."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    month = models.DateField()
    """The first day of the month, here and below."""

    class Meta:
        """What the database itself makes sure of."""

        constraints = (models.UniqueConstraint(fields=["conversation", "month"], name="counted_once"),)


class Tally(models.Model):
    """How many conversations of a month fall into a category: exact, shown to nobody, gone once the month is closed."""

    month = models.DateField()
    cite = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    category = models.CharField(max_length=40)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        """What the database itself makes sure of."""

        constraints = (models.UniqueConstraint(fields=["month", "cite", "kind", "category"], name="tally_unique"),)


class ClosedMonth(models.Model):
    """A month whose figures are made, once and for all."""

    month = models.DateField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)


class Figure(models.Model):
    """What may be shown of a closed month: a multiple of five, rounded down; 0 has no row."""

    month = models.DateField()
    cite = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    category = models.CharField(max_length=40, blank=True)
    """Empty where the whole table is kept back."""
    at_least = models.PositiveIntegerField()

    class Meta:
        """What the database itself makes sure of."""

        constraints = (models.UniqueConstraint(fields=["month", "cite", "kind", "category"], name="figure_unique"),)
