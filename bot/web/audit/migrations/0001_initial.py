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
                ('action', models.CharField(max_length=20)),
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
