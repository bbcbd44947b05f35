"""What a team keeps for itself: texts that it writes again and again, and notes about applications."""

from networks.models import Agency, InternalNote, TextTemplate
from portal.demo.companies import Invented
from portal.demo.people import Crowd
from portal.demo.scene import Scene, read


def equip(scene: Scene, crowd: Crowd, invented: list[Invented]) -> None:
    words = read("joining")
    teams = Agency.objects.filter(pk__in=crowd.curators).order_by("pk")
    TextTemplate.objects.bulk_create(TextTemplate(agency=team, **text) for team in teams for text in words["texts"])
    waiting = [each.company for each in invented if each.company.state == each.company.State.PENDING]
    for company, text in zip(waiting, words["internal"], strict=False):
        agency = company.home_agency
        if agency and agency.pk in crowd.curators:
            InternalNote.objects.create(
                agency=agency,
                object_type="networks.company",
                object_id=str(company.pk),
                text=text,
                author=crowd.curators[agency.pk],
                written_at=scene.after(company.submitted_at, 0, 1),
            )
