from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("networks", "0003_attributions")]

    operations = [migrations.RemoveField(model_name="company", name="search_competences")]
