from django.db import models


class LoadedRecord(models.Model):
    """What reference data last wrote into a row, so that loading again leaves alone what staff changed since."""

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="one_loaded_record")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
