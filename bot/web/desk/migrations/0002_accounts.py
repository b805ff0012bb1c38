# ruff: noqa
# mypy: ignore-errors

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def eldest_administers(apps, schema_editor):
    """Before there were roles every account saw everything; the eldest can now give the others their place."""
    eldest = apps.get_model('desk', 'Advisor').objects.filter(is_active=True).order_by('pk').first()
    if eldest is not None:
        apps.get_model('desk', 'Membership').objects.create(account=eldest, cite='', role='administrator')


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attempts',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('failed', models.PositiveIntegerField(default=0)),
                ('last', models.DateTimeField(default=django.utils.timezone.now)),
                ('locked_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='advisor',
            name='epoch',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='advisor',
            name='spoken',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('role', models.CharField(choices=[('advisor', 'Advisor'), ('coordinator', 'Coordinator'), ('administrator', 'Administrator')], max_length=20)),
                ('cite', models.CharField(blank=True, max_length=80)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('made', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires', models.DateTimeField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cite', ''), ('role', 'administrator')), models.Q(models.Q(('role', 'administrator'), _negated=True), models.Q(('cite', ''), _negated=True)), _connector='OR'), name='invitation_place')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cite', models.CharField(blank=True, max_length=80)),
                ('role', models.CharField(choices=[('advisor', 'Advisor'), ('coordinator', 'Coordinator'), ('administrator', 'Administrator')], max_length=20)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'cite'), name='membership_once'), models.CheckConstraint(condition=models.Q(models.Q(('cite', ''), ('role', 'administrator')), models.Q(models.Q(('role', 'administrator'), _negated=True), models.Q(('cite', ''), _negated=True)), _connector='OR'), name='membership_place')],
            },
        ),
        migrations.RunPython(eldest_administers, migrations.RunPython.noop),
    ]
