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


class Attribution(models.Model):
    """Whose data is shown, under which licence, as of when; `topics` say on which pages."""

    key = models.SlugField(unique=True)
    topics = models.JSONField(default=list)
    text = models.CharField(max_length=200)
    licence = models.CharField(max_length=80, blank=True)
    url = models.URLField(blank=True)
    as_of = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.text
