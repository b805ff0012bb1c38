# ruff: noqa
# mypy: ignore-errors

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0002_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('useful', models.BooleanField()),
                ('reason', models.CharField(blank=True, choices=[('misunderstood', 'Misunderstood'), ('wrong_fact', 'Wrong Fact'), ('stale', 'Stale'), ('incomplete', 'Incomplete'), ('tone', 'Tone'), ('other', 'Other')], max_length=20)),
                ('at', models.DateTimeField(auto_now=True)),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='conversations.message')),
            ],
        ),
    ]
