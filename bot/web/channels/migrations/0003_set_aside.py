from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0002_late_answers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='parcel',
            name='step',
            field=models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('held', 'Held'), ('sent', 'Sent'), ('dead', 'Dead'), ('aside', 'Aside')], default='waiting', max_length=10),
        ),
    ]
