"""What a team keeps for itself: texts that it writes again and again, and notes about applications."""

from itertools import cycle

from networks.models import Agency, InternalNote, MergeRequest, TextTemplate
from portal.demo.companies import Invented
from portal.demo.people import Crowd
from portal.demo.scene import Scene, read


def propose_merges(scene: Scene, crowd: Crowd, invented: list[Invented]) -> None:
    """Between the agencies of the two curators who show the demo, every state, and one the other way."""
    words, public = read("joining"), [each for each in invented if each.is_published]
    curators = [crowd.accounts["curator_west"], crowd.accounts["curator_east"]]
    teams = [Agency.objects.of_staff(curator).get().pk for curator in curators]
    sides = [[each.company for each in public if _home(each) == team] for team in teams]
    for state, kept, given_up in zip(MergeRequest.State, *map(cycle, sides), strict=False):
        request = MergeRequest(kept=kept, given_up=given_up, state=state, message=words["merging"])
        if state == MergeRequest.State.CONFIRMED:
            request.given_up = next(each.company for each in invented if each.company.merged_into)
            request.kept = request.given_up.heir
        request.agency_id, request.asked_id = teams
        request.requested_by, request.requested_at = crowd.curators[teams[0]], scene.ago(3, 9)
        if state != MergeRequest.State.REQUESTED:
            request.decided_by, request.decided_at = crowd.curators[teams[1]], scene.after(request.requested_at, 0, 2)
        request.save()
    more = {"message": words["merging"], "requested_at": scene.ago(2, 6)}
    parties = {"agency_id": teams[1], "asked_id": teams[0], "requested_by": crowd.curators[teams[1]]}
    MergeRequest.objects.create(kept=sides[1][-1], given_up=sides[0][-1], **parties, **more)


def _home(each: Invented) -> int | None:
    home = each.company.home_agency
    return home.pk if home else None


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
