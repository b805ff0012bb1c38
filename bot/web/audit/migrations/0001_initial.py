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
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.BigIntegerField(null=True)),
                ('action', models.CharField(choices=[('login', 'Login'), ('login_refused', 'Login Refused'), ('locked', 'Locked'), ('logout', 'Logout'), ('logout_everywhere', 'Logout Everywhere'), ('refused', 'Refused'), ('view', 'View'), ('export', 'Export'), ('erase', 'Erase'), ('claim', 'Claim'), ('transfer', 'Transfer'), ('give_back', 'Give Back'), ('close', 'Close'), ('note', 'Note'), ('review', 'Review'), ('notice', 'Notice'), ('callback_view', 'Callback View'), ('callback_done', 'Callback Done'), ('invite', 'Invite'), ('invite_withdrawn', 'Invite Withdrawn'), ('joined', 'Joined'), ('account_made', 'Account Made'), ('role', 'Role'), ('disabled', 'Disabled'), ('enabled', 'Enabled'), ('password', 'Password'), ('password_reset', 'Password Reset'), ('factor_on', 'Factor On'), ('factor_off', 'Factor Off'), ('factor_reset', 'Factor Reset'), ('factor_codes', 'Factor Codes')], max_length=20)),
                ('kind', models.CharField(blank=True, max_length=20)),
                ('object', models.CharField(blank=True, max_length=64)),
                ('cite', models.CharField(blank=True, max_length=80)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['cite', '-at'], name='audit_cite_at'), models.Index(fields=['-at'], name='audit_at')],
            },
        ),
    ]
