"""A member at work: enter a company, be asked back, share the work, show pictures, read what was changed."""

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.errors import ActionRefused
from accounts.models import Consent, OutboxMail, User
from networks.actions.companies import approve_company, ask_back_company, decline_company
from networks.actions.staff import appoint, dismiss, invite_staff
from networks.models import AgencyStaff, Claim, Company, CompanyImage, CompanyInvitation, CompanyMember
from tests.conftest import show_second_factor

ClientOf = Callable[[User | None], Client]
OWN = "/mein-bereich/unternehmen"


def entry(cast: SimpleNamespace, **changes: Any) -> dict[str, Any]:
    filled = {
        "name": "Neuland Greiftechnik",
        "legal_form": "GmbH",
        "summary": "Greifer für empfindliche Teile.",
        "postcode": "48143",
        "municipality": cast.west.town.pk,
        "email_visibility": "nobody",
        "phone_visibility": "nobody",
    }
    return {**filled, **changes}


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


# -- entering ----------------------------------------------------------------------------------
def test_new_company_waits_and_its_home_agency_is_told(cast: SimpleNamespace, client_of: ClientOf) -> None:
    answer = client_of(cast.new).post("/mein-bereich/eintragen/", entry(cast))

    company = Company.objects.get(slug="neuland-greiftechnik")
    assert (answer.status_code, company.state) == (302, Company.State.PENDING)
    assert CompanyMember.objects.get(company=company).person == cast.new
    told = OutboxMail.objects.order_by("recipient").values_list("recipient", flat=True)
    assert list(told) == [cast.curator_west.email, cast.manager_west.email]


def test_similar_company_is_shown_first_and_nothing_typed_is_lost(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client, sent = client_of(cast.new), entry(cast, name="Hellweg Robotik AG", website="https://neu.example.org")
    Company.objects.filter(pk=cast.company.pk).update(name_key="hellweg robotik")

    page = client.post("/mein-bereich/eintragen/", sent)

    assert page.context["found"] == [cast.company]
    assert "Ist es eines von diesen?" in page.content.decode()
    assert "Greifer für empfindliche Teile." in page.content.decode()
    assert client.post("/mein-bereich/eintragen/", {**sent, "neu": "1"}).status_code == 302


def test_unpublished_lookalike_stays_hidden_from_the_applicant(cast: SimpleNamespace, client_of: ClientOf) -> None:
    Company.objects.filter(pk=cast.hidden_company.pk).update(name_key="verborgen metall")
    answer = client_of(cast.new).post("/mein-bereich/eintragen/", entry(cast, name="Verborgen Metall"))
    assert answer.status_code == 302


def test_place_outside_all_regions_needs_a_caring_agency(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client = client_of(cast.new)
    abroad = entry(cast, municipality="", postcode="33602", guest_place="Bielefeld")
    page = client.post("/mein-bereich/eintragen/", abroad)
    assert list(page.context["form"].errors) == ["caring_agency"]

    client.post("/mein-bereich/eintragen/", {**abroad, "caring_agency": cast.east.agency.pk})

    guest = Company.objects.get(name="Neuland Greiftechnik")
    assert (guest.region, guest.home_agency, guest.place) == (None, cast.east.agency, "Bielefeld")


def test_postcode_of_another_town_is_questioned(cast: SimpleNamespace, client_of: ClientOf) -> None:
    page = client_of(cast.new).post("/mein-bereich/eintragen/", entry(cast, postcode="49324"))
    assert page.context["form"].errors["postcode"] == ["49324 gehört zu: Melle."]


def test_applicant_reads_the_question_answers_and_waits_again(cast: SimpleNamespace, client_of: ClientOf) -> None:
    ask_back_company(cast.pending_company, by=cast.curator_west, message="Wo genau sitzen Sie?")
    client = client_of(cast.pending)
    assert "Wo genau sitzen Sie?" in client.get(f"{OWN}/neu-am-ort/").content.decode()

    client.post(f"{OWN}/neu-am-ort/einreichen/")

    cast.pending_company.refresh_from_db()
    assert cast.pending_company.state == Company.State.PENDING


def test_declined_company_reads_why_and_may_try_again(cast: SimpleNamespace, client_of: ClientOf) -> None:
    decline_company(cast.pending_company, by=cast.curator_west, reason="Kein Betrieb am Ort.")
    page = client_of(cast.pending).get(f"{OWN}/neu-am-ort/").content.decode()
    assert "Kein Betrieb am Ort." in page
    assert f"{OWN}/neu-am-ort/einreichen/" in page


def test_two_deciders_one_wins_the_other_is_told(cast: SimpleNamespace, client_of: ClientOf) -> None:
    approve_company(cast.pending_company, by=cast.curator_west)
    answer = client_of(cast.pending).post(f"{OWN}/neu-am-ort/zurueckziehen/")
    assert answer.status_code == 403


# -- taking over -------------------------------------------------------------------------------
def test_unclaimed_company_is_claimed_and_withdrawn_claims_do_not_block(
    cast: SimpleNamespace, client_of: ClientOf
) -> None:
    client, path = client_of(cast.new), f"/mein-bereich/uebernehmen/{cast.unclaimed.slug}/"
    client.post(path, {"message": "Ich leite dort das Marketing."})
    again = client.post(path, {"message": "Noch einmal."})

    assert Claim.objects.get().person == cast.new
    assert "liegt schon bei" in again.content.decode()
    assert "Baumberge Verpackung" in client.get("/mein-bereich/").content.decode()


def test_company_that_somebody_speaks_for_cannot_be_claimed(cast: SimpleNamespace, client_of: ClientOf) -> None:
    path = f"/mein-bereich/uebernehmen/{cast.company.slug}/"
    page = client_of(cast.new).post(path, {"message": "Ich."})
    assert "spricht schon jemand" in page.content.decode()
    assert not Claim.objects.exists()


# -- the team ----------------------------------------------------------------------------------
def test_owner_invites_and_the_invited_joins_by_a_button(cast: SimpleNamespace, client_of: ClientOf) -> None:
    path = f"{OWN}/{cast.company.slug}/team/"
    client_of(cast.owner).post(path, {"email": cast.new.email, "role": "editor"})
    link = f"/einladung/{CompanyInvitation.objects.get().token}/"
    guest = client_of(cast.new)
    assert guest.get(link).status_code == 200
    assert not CompanyMember.objects.filter(person=cast.new).exists()

    guest.post(link)

    assert CompanyMember.objects.get(person=cast.new).role == CompanyMember.Role.EDITOR


def test_invitation_of_somebody_else_is_not_accepted(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client_of(cast.owner).post(f"{OWN}/{cast.company.slug}/team/", {"email": "kollegin@example.org", "role": "editor"})
    link = f"/einladung/{CompanyInvitation.objects.get().token}/"
    page = client_of(cast.new).post(link, follow=True)
    assert "gilt für eine andere E-Mail-Adresse" in page.content.decode()


def test_open_invitation_is_sent_again_or_taken_back(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client = client_of(cast.owner)
    client.post(f"{OWN}/{cast.company.slug}/team/", {"email": "kollegin@example.org", "role": "editor"})
    first = CompanyInvitation.objects.get()
    path = f"{OWN}/{cast.company.slug}/einladungen/{first.pk}/"

    client.post(path, {"again": "1"})
    assert CompanyInvitation.objects.get().token != first.token
    client.post(path, {"cancel": "1"})
    assert not CompanyInvitation.objects.exists()


def test_member_of_the_team_is_not_invited_twice(cast: SimpleNamespace, client_of: ClientOf) -> None:
    path = f"{OWN}/{cast.company.slug}/team/"
    page = client_of(cast.owner).post(path, {"email": cast.editor.email, "role": "editor"})
    assert page.context["form"].errors["email"] == ["Diese Person gehört schon dazu."]


def test_last_owner_hands_over_before_leaving(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client = client_of(cast.owner)
    of = {member.person: f"{OWN}/{cast.company.slug}/team/{member.pk}/" for member in cast.company.people.all()}
    refused = client.post(of[cast.owner], {"leave": "1"}, follow=True)
    assert "zuerst jemand anderen verantwortlich" in refused.content.decode()

    client.post(of[cast.editor], {"owner": "1"})
    client.post(of[cast.owner], {"leave": "1"})

    assert list(cast.company.people.values_list("person", "role")) == [(cast.editor.pk, "owner")]


def test_editor_cannot_make_themselves_owner(cast: SimpleNamespace, client_of: ClientOf) -> None:
    mine = cast.company.people.get(person=cast.editor)
    answer = client_of(cast.editor).post(f"{OWN}/{cast.company.slug}/team/{mine.pk}/", {"owner": "1"})
    mine.refresh_from_db()
    assert (answer.status_code, mine.role) == (403, CompanyMember.Role.EDITOR)


def test_contact_shows_only_after_consent_and_goes_with_it(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client, path = client_of(cast.owner), f"{OWN}/{cast.company.slug}/kontakt/"
    public = cast.company.get_absolute_url()
    assert cast.owner.name not in Client().get(public).content.decode()

    shown = {"name_visibility": "public", "email_visibility": "nobody", "phone_visibility": "nobody"}
    client.post(path, shown)
    page = Client().get(public).content.decode()
    assert (cast.owner.name in page, cast.owner.email in page) == (True, False)
    client.post(path, {**shown, "name_visibility": "nobody"})

    assert cast.owner.name not in Client().get(public).content.decode()
    assert Consent.objects.filter(person=cast.owner).exclude(withdrawn_at=None).count() == 1


# -- pictures ----------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_picture_is_stored_anew_without_what_the_camera_wrote(
    kind: str, cast: SimpleNamespace, client_of: ClientOf
) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Geheimnis"
    upload = SimpleUploadedFile("halle.bin", picture(kind, exif=exif))

    client_of(cast.owner).post(f"{OWN}/{cast.company.slug}/bilder/", {"logo-form": "1", "logo": upload})

    cast.company.refresh_from_db()
    with cast.company.logo.open() as stored, Image.open(stored) as found:
        assert (found.format, max(found.size), dict(found.getexif())) == ("WEBP", 480, {})


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BOMB = picture(size=(9000, 9000))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(SVG, "kein Bild, das wir lesen können", id="svg"),
        pytest.param(b"Guten Tag", "kein Bild, das wir lesen können", id="text"),
        pytest.param(picture("GIF"), "kein Bild, das wir lesen können", id="gif"),
        pytest.param(picture("JPEG", size=(2000, 2000))[:3000], "kein Bild, das wir lesen können", id="cut off"),
        pytest.param(BOMB, "mehr als 40 Megapixel", id="bomb"),
        pytest.param(picture() + b"\0" * 5_300_000, "größer als 5 MB", id="too big"),
        pytest.param(b"", "Die übertragene Datei ist leer", id="empty"),
    ],
)
def test_harmful_or_broken_picture_is_refused_beside_the_field(
    content: bytes, message: str, cast: SimpleNamespace, client_of: ClientOf
) -> None:
    upload = SimpleUploadedFile("logo.png", content, "image/png")
    page = client_of(cast.owner).post(f"{OWN}/{cast.company.slug}/bilder/", {"logo-form": "1", "logo": upload})
    assert page.status_code == 200
    assert message in page.context["logo_form"].errors["logo"][0]
    assert not Company.objects.get(pk=cast.company.pk).logo


def test_images_have_words_and_can_be_deleted(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client, path = client_of(cast.owner), f"{OWN}/{cast.company.slug}/bilder/"
    upload = SimpleUploadedFile("halle.png", picture())
    client.post(path, {"image-form": "1", "image": upload, "caption": "Unsere Halle"})
    image = CompanyImage.objects.get()
    shown = Client().get(cast.company.get_absolute_url()).content.decode()
    assert '<figcaption class="small soft">Unsere Halle</figcaption>' in shown

    client.post(f"{path}{image.pk}/loeschen/")

    assert not CompanyImage.objects.exists()


# -- history -----------------------------------------------------------------------------------
def test_history_says_who_changed_what_in_words(
    cast: SimpleNamespace, client_of: ClientOf, vocabulary: SimpleNamespace
) -> None:
    sent = entry(cast, name=cast.company.name, summary="Neu gesagt.", size="10-49", competences=[vocabulary.robots.pk])
    client_of(cast.editor).post(f"{OWN}/{cast.company.slug}/bearbeiten/", sent)

    page = client_of(cast.owner).get(f"{OWN}/{cast.company.slug}/verlauf/").content.decode()

    for said in (cast.editor.name, "Neu gesagt.", "10 bis 49", "Industrieroboter", "In einem Satz"):
        assert said in page


# -- staff -------------------------------------------------------------------------------------
def test_invited_person_joins_the_agency_and_the_desk_opens(cast: SimpleNamespace, client_of: ClientOf) -> None:
    invitation = invite_staff(cast.west.agency, cast.new.email, AgencyStaff.Role.CURATOR, by=cast.manager_west)
    client = client_of(cast.new)
    assert client.get("/admin/").status_code == 403

    client.post(f"/einladung/team/{invitation.token}/")

    assert client.get("/admin/")["Location"] == "/konto/2fa/", "first the second step of signing in"
    show_second_factor(client, User.objects.get(pk=cast.new.pk))
    assert client.get("/admin/").status_code == 200


def test_who_leaves_loses_the_desk_at_once(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client = client_of(cast.curator_west)
    assert client.get("/admin/").status_code == 200
    dismiss(AgencyStaff.objects.get(person=cast.curator_west), by=cast.manager_west)
    assert client.get("/admin/").status_code == 302, "signed out, too"
    assert client_of(cast.curator_west).get("/admin/").status_code == 403


def test_last_manager_cannot_go_but_a_second_one_can(cast: SimpleNamespace) -> None:
    manager = AgencyStaff.objects.get(person=cast.manager_west)
    with pytest.raises(ActionRefused):
        dismiss(manager, by=cast.manager_west)
    appoint(cast.curator_west, cast.west.agency, AgencyStaff.Role.MANAGER, by=cast.operator)
    dismiss(manager, by=cast.operator)
    assert AgencyStaff.objects.active().filter(person=cast.manager_west).count() == 0


def test_manager_who_accepts_an_older_invitation_keeps_the_lead(cast: SimpleNamespace, client_of: ClientOf) -> None:
    email, role = "zweite@example.org", AgencyStaff.Role.CURATOR
    invitation = invite_staff(cast.west.agency, email, role, by=cast.manager_west)
    invitation.email = cast.manager_west.email
    invitation.save()

    client_of(cast.manager_west).post(f"/einladung/team/{invitation.token}/")

    assert AgencyStaff.objects.active().get(person=cast.manager_west).role == AgencyStaff.Role.MANAGER


def test_double_click_enters_a_company_once(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client, sent = client_of(cast.new), {**entry(cast), "neu": "1"}
    client.post("/mein-bereich/eintragen/", sent)
    again = client.post("/mein-bereich/eintragen/", sent)
    assert "schon eingereicht" in again.content.decode()
    assert Company.objects.filter(name="Neuland Greiftechnik").count() == 1
