# ruff: noqa
# mypy: ignore-errors

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('id', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(blank=True, max_length=64)),
                ('expires', models.DateTimeField(null=True)),
                ('channel', models.CharField(default='widget', max_length=20)),
                ('language', models.CharField(default='fr', max_length=2)),
                ('cite', models.CharField(blank=True, max_length=80)),
                ('concern', models.CharField(blank=True, max_length=80)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('speaker', models.CharField(choices=[('bot', 'Bot'), ('waiting', 'Waiting'), ('advisor', 'Advisor')], default='bot', max_length=10)),
                ('last_seq', models.PositiveIntegerField(default=0)),
                ('first_seq', models.PositiveIntegerField(default=0)),
                ('created', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_seen', models.DateTimeField(default=django.utils.timezone.now)),
                ('told_delayed', models.BooleanField(default=False)),
                ('due', models.DateTimeField(db_index=True, null=True)),
                ('lease_owner', models.CharField(blank=True, max_length=32)),
                ('lease_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conversation_id', models.CharField(max_length=64, unique=True)),
                ('created', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('due', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Handoff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('live', 'Live'), ('given_back', 'Given Back'), ('closed', 'Closed')], default='waiting', max_length=10)),
                ('consent', models.BooleanField()),
                ('summary', models.JSONField(default=dict)),
                ('from_seq', models.PositiveIntegerField()),
                ('to_seq', models.PositiveIntegerField(null=True)),
                ('opened', models.DateTimeField(default=django.utils.timezone.now)),
                ('claimed', models.DateTimeField(null=True)),
                ('ended', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('author', models.CharField(choices=[('person', 'Person'), ('bot', 'Bot'), ('advisor', 'Advisor'), ('house', 'House'), ('signal', 'Signal')], max_length=10)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('text', models.TextField(blank=True)),
                ('command', models.TextField(blank=True)),
                ('payload', models.JSONField(default=dict)),
                ('language', models.CharField(blank=True, max_length=2)),
                ('client_id', models.CharField(max_length=64, null=True)),
                ('created', models.DateTimeField(default=django.utils.timezone.now)),
                ('progress', models.CharField(blank=True, choices=[('', 'None'), ('pending', 'Pending'), ('sent', 'Sent'), ('answered', 'Answered'), ('failed', 'Failed'), ('kept', 'Kept')], default='', max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ('seq',),
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32)),
                ('title', models.TextField()),
                ('payload', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Transition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(blank=True, max_length=10)),
                ('after', models.CharField(max_length=10)),
                ('actor', models.CharField(max_length=40)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
