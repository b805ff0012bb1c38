from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("desk", "0003_sealed_secrets")]

    operations = [
        migrations.AddField(
            model_name="advisor",
            name="topics",
            field=models.CharField(blank=True, max_length=600),
        ),
    ]
