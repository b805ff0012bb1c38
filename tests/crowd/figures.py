"""What the door's figures count: `python -m tests.crowd.figures` closes the month and prints them as JSON."""

from __future__ import annotations

import json
from datetime import timedelta

import django


def main() -> None:
    """Print the handoffs of each outcome as they are counted, and what is then shown."""
    django.setup()
    from django.utils import timezone

    from bot.web.conversations.models import Conversation
    from bot.web.figures import closing, facts
    from bot.web.figures.models import Figure

    known = [facts.facts(one, month) for one in Conversation.objects.all() for month in facts.months_of(one)]
    closing.close_months(timezone.localdate() + timedelta(days=40))
    shown = Figure.objects.filter(cite="demo", kind__in=("handoff", "conversations"))
    print(json.dumps({
        "outcomes": sorted(each["outcome"] for each in known if each and "outcome" in each),
        "shown": {each.kind: each.at_least for each in shown},
    }))  # fmt: skip


if __name__ == "__main__":
    main()
