"""An alert is of one waiting: a request that goes back to the queue is told of anew."""

from __future__ import annotations

from django.db import migrations, models
from django.utils import timezone


def since_they_wait(apps, schema_editor):  # type: ignore[no-untyped-def]
    """What was told so far, was told of the waiting there is."""
    alert, handoff = apps.get_model("desk_notes", "Alert"), apps.get_model("conversations", "Handoff")
    queued = handoff.objects.filter(pk=models.OuterRef("handoff_id")).values("queued")[:1]
    alert.objects.update(queued=models.Subquery(queued))


class Migration(migrations.Migration):
    dependencies = (("desk_notes", "0002_alerts"), ("conversations", "0006_advisor_silence"))
    operations = (
        migrations.AddField("alert", "queued", models.DateTimeField(default=timezone.now), preserve_default=False),
        migrations.RunPython(since_they_wait, migrations.RunPython.noop),
        migrations.RemoveConstraint("alert", "desk_alert_unique"),
        migrations.AddConstraint(
            "alert", models.UniqueConstraint(fields=["handoff", "way", "queued"], name="desk_alert_unique")
        ),
    )
