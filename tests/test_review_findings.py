"""What a second reader found: each test is a promise that was broken once."""

from datetime import timedelta
from email.errors import HeaderParseError
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.mails import Letter, send
from accounts.models import OutboxMail
from accounts.outbox import deliver
from events.models import Announcement
from networks.actions.companies import edit_company
from networks.actions.people import invite_colleague
from networks.changes import changes_of
from networks.duplicates import published_suspects
from networks.models import Company, CompanyMember, Membership, TwinAgency

pytestmark = pytest.mark.django_db


class Picky:
    """A mail server to which one address cannot even be said."""

    def __init__(self, error):
        self.error, self.accepted = error, []

    def send(self, mail):
        if mail.recipient.startswith("bad"):
            raise self.error
        self.accepted.append(mail.recipient)


@pytest.mark.parametrize("error", [UnicodeError(), HeaderParseError()])
def test_one_bad_address_stops_no_other_mail(error):
    letter = Letter(subject="Betreff", paragraphs=("Text",), reason="Darum")
    for address in ("bad@example.org", "good@example.org"):
        send(lambda: letter, address)
    server = Picky(error)

    deliver(carrier=server)

    assert server.accepted == ["good@example.org"]
    assert OutboxMail.objects.get(recipient="bad@example.org").attempts == 1


def test_one_round_sends_more_than_one_lease():
    for number in range(12):
        send(lambda: Letter(subject="Betreff", paragraphs=("Text",), reason="Darum"), f"p{number}@example.org")
    server = Picky(None)

    assert (deliver(carrier=server), len(server.accepted)) == (12, 12)


def test_staff_at_the_desks_own_sign_in_go_on_to_the_desk(cast, client_of):
    answer = client_of(cast.curator_west).get("/admin/login/", {"next": "https://example.com/"})

    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_visitors_of_the_desks_sign_in_come_back_to_the_desk(client_of):
    assert client_of(None).get("/admin/login/").url == "/konto/login/?next=/admin/"


@pytest.mark.parametrize("guest", [False, True])
def test_a_twin_invites_companies_of_its_own_region_only(cast, client_of, make_company, guest):
    TwinAgency.objects.create(network=cast.network, region=cast.east.region, agency=cast.east.agency)
    own = make_company("Ems Optik", cast.east)
    fields = {"caring_agency": cast.east.agency, "guest_place": "Enschede"} if guest else {}
    other = make_company("Anderswo", None if guest else cast.west, **fields)
    client = client_of(cast.curator_east)

    for company in (own, other):
        path = reverse("networks:membership-invite", args=[company.slug])
        client.post(path, {"network": cast.network.pk, "message": "Das passt."})

    assert [row.company for row in Membership.objects.invited()] == [own]


def test_the_history_names_the_team_and_nobody_else(cast):
    for by, sentence in ((cast.owner, "Eins."), (cast.editor, "Zwei."), (cast.curator_west, "Drei.")):
        cast.company.refresh_from_db()
        edit_company(cast.company, {"summary": sentence}, by=by)
        cast.company.history.filter(history_user=None, summary=sentence).update(history_user=by)
    CompanyMember.objects.filter(person=cast.editor).delete()

    assert [change.by for change in changes_of(cast.company)] == [
        "die Wirtschaftsförderung",
        "jemand, der nicht mehr zum Team gehört",
        cast.owner.name,
    ]


def test_an_invitation_never_tells_the_address_of_who_sent_it(cast):
    cast.owner.name = ""
    cast.owner.save()

    invite_colleague(cast.company, "neu@example.com", CompanyMember.Role.EDITOR, by=cast.owner)

    mail = bytes(OutboxMail.objects.get().source).decode()
    assert "Ihr Team" in mail
    assert cast.owner.email not in mail


def test_unpublished_doubles_do_not_crowd_out_the_published_one(west, make_company):
    for number in range(9):
        make_company("Doppelt", west, slug=f"d{number}", name_key="doppelt", state=Company.State.PENDING)
    shown = make_company("Doppelt", west, slug="d", name_key="doppelt")

    assert published_suspects("Doppelt", "", "", "") == [shown]


def picture(kind="PNG"):
    file = BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, kind)
    return SimpleUploadedFile("bild.png", file.getvalue(), "image/png")


@pytest.fixture
def announcement(cast):
    return Announcement.objects.create(
        slug="neu", title="Neu", summary="Neues.", body="Text.", agency=cast.west.agency, publish_at=timezone.now()
    )


def saved(announcement, **changes):
    fields = {"title": "Neu", "summary": "Neues.", "body": "Text.", "agency": announcement.agency_id}
    at = (timezone.localtime() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    return {**fields, "publish_at": at, "image_text": "Ein weißes Bild", "image_focus": "center", **changes}


def test_a_replaced_picture_of_an_announcement_leaves_no_file(
    cast, client_of, announcement, django_capture_on_commit_callbacks
):
    client, path = client_of(cast.curator_west), reverse("admin:events_announcement_change", args=[announcement.pk])
    client.post(path, saved(announcement, image=picture()))
    announcement.refresh_from_db()
    storage, first = announcement.image.storage, announcement.image.name
    assert storage.exists(first)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(path, saved(announcement, image=picture()))

    announcement.refresh_from_db()
    assert (storage.exists(first), storage.exists(announcement.image.name)) == (False, True)


def test_an_announcement_takes_only_pictures_that_browsers_show(cast, client_of, announcement):
    path = reverse("admin:events_announcement_change", args=[announcement.pk])

    answer = client_of(cast.curator_west).post(path, saved(announcement, image=picture("TIFF")))

    assert answer.status_code == 200
    assert "image" in answer.context["adminform"].form.errors


@pytest.mark.parametrize("path", ["/wirtschaftsfoerderungen/wf-westland/kontakt/"])
def test_an_empty_form_is_answered_with_its_errors(cast, client_of, path):
    assert client_of(None).post(path).context["form"].errors
