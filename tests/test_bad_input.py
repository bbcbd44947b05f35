"""Whatever is posted, the portal answers with a page or a clear refusal: never a 500, nothing half-saved."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import quote, quote_from_bytes

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from events.models import DatePoll, Meeting, MeetingSeries, Registration, RegistrationPlan
from networks.models import CompanyImport, Membership

ClientOf = Callable[[User | None], Client]

# person, address with names of the cast, fields
FORMS = {
    "signup": (None, "/konto/signup/", "name email password1 terms privacy homepage"),
    "login": (None, "/konto/login/", "login password remember next"),
    "password reset": (None, "/konto/password/reset/", "email"),
    "password change": ("owner", "/konto/password/change/", "oldpassword password1 password2"),
    "profile": ("owner", "/konto/angaben/", "name function language"),
    "address": ("owner", "/konto/email/", "email action_add"),
    "register": (
        "new",
        "/mein-bereich/eintragen/",
        "name legal_form summary description website founded size street postcode municipality guest_place "
        "caring_agency industry competences email email_visibility phone phone_visibility neu",
    ),
    "edit": (
        "owner",
        "/mein-bereich/unternehmen/hellweg-robotik/bearbeiten/",
        "name legal_form summary description website founded size street postcode municipality competences industry",
    ),
    "images": ("owner", "/mein-bereich/unternehmen/hellweg-robotik/bilder/", "image caption image-form"),
    "team": ("owner", "/mein-bereich/unternehmen/hellweg-robotik/team/", "email role"),
    "contact": (
        "owner",
        "/mein-bereich/unternehmen/hellweg-robotik/kontakt/",
        "name_visibility email_visibility phone phone_visibility",
    ),
    "claim": ("new", "/mein-bereich/uebernehmen/baumberge-verpackung/", "message"),
    "join": ("owner", "/netzwerke/autos/beitreten/", "company message"),
    "invite": ("curator_west", "/unternehmen/teuto-sensorik/einladen/", "network message"),
    "message to agency": (None, "/wirtschaftsfoerderungen/wf-westland/kontakt/", "name email message"),
    "barrier": (None, "/barriere-melden/", "page message email"),
    "outdated": (None, "/hinweis/?seite=/unternehmen/hellweg-robotik/", "message email"),
    "poll": (
        "curator_west",
        "/treffen/geplant/abstimmung/",
        "members message starts ends deadline quorum minimum results_hidden",
    ),
    "decide a date": ("curator_west", "/abstimmungen/{poll.pk}/entscheiden/", "option reason"),
    "ask somebody": ("curator_west", "/abstimmungen/{poll.pk}/fragen/", "name email region agency required"),
    "answer a poll": (None, "/termin/schluessel-fruehjahr-0/", "day-{option.pk} comment"),
    "register for a meeting": (
        "owner",
        "/treffen/herbst/anmelden/",
        "name company listed diet access question-0",
    ),
    "register as a guest": (None, "/treffen/herbst/anmelden/", "name email organisation region listed diet access"),
    "places": (
        "curator_west",
        "/treffen/herbst/plaetze/",
        "capacity deadline guests questions region-{west.region.pk}",
    ),
    "check in": ("curator_west", "/treffen/herbst/teilnahme/{guest.pk}/", "state"),
    "call a meeting off": ("curator_west", "/treffen/herbst/absagen/", "reason"),
    "move a meeting": ("curator_west", "/treffen/herbst/verschieben/", "starts_at ends_at reason"),
    "invite to a meeting": ("curator_west", "/treffen/herbst/einladen/", "members agencies name email"),
    "host together": ("curator_east", "/treffen/gemeinsam/mitgastgeberin/", "answer reason"),
    "answer an invitation": (None, "/antwort/antwort-1/", "answer"),
    "edit a meeting": (
        "curator_west",
        "/admin/events/meeting/{autumn.pk}/change/",
        "title summary body visibility series venue street postcode city online_url host co_host networks",
    ),
    "agenda": (
        "curator_west",
        "/treffen/herbst/tagesordnung/",
        "title text minutes presenter network documents",
    ),
    "minutes": ("curator_west", "/treffen/herbst/tagesordnung/{item.pk}/protokoll/", "text outcome based_on"),
    "decision": (
        "curator_west",
        "/treffen/herbst/beschluesse/neu/",
        "text decided_on item agencies public replaces",
    ),
    "task": ("curator_west", "/treffen/herbst/aufgaben/neu/", "text owner email agency due item"),
    "hand on": (None, "/termin/schluessel-fruehjahr-0/weitergeben/", "name email"),
    "review": ("curator_west", "/admin/networks/company/{pending_company.pk}/pruefen/", "decision ask_back-text"),
    "arrange members": ("curator_west", "/admin/networks/network/{network.pk}/mitglieder/?q=x", "first up down back"),
    "invite many": ("curator_west", "/admin/networks/network/{network.pk}/einladen/?all=1", "company all step message"),
    "propose an opening": ("curator_west", "/admin/networks/opening/add/", "network region twin since conditions"),
    "enter an absence": ("curator_west", "/admin/networks/absence/add/", "employment deputy first_day last_day"),
    "choose days": (
        "curator_west",
        "/treffen/planung/?from=2027-02-01&to=2027-05-31",
        "day day day reason-2027-03-18 reason-2027-05-27 reason-2027-05-17",
    ),
    "swap host": ("curator_west", "/treffen/reihen/{series.slug}/tausch/", "host reason twice"),
    "import days": (
        "curator_west",
        "/admin/events/blackout/einlesen/",
        "content source checked_on kind agency regions",
    ),
    "edit series": ("curator_west", "/admin/events/meetingseries/{series.pk}/change/", "name ideal_gap start_time"),
    "new blackout": ("curator_west", "/admin/events/blackout/add/", "label start end agency regions kind"),
    "read a list": ("curator_west", "/admin/networks/companyimport/add/", "file agency network"),
    "sort out columns": ("curator_west", "/admin/networks/companyimport/{run.pk}/change/", "map c0 c1 line decide"),
    "edit network": ("curator_west", "/admin/networks/network/{network.pk}/change/", "name short_name state agency"),
}
VALUES = {
    "empty": "",
    "overlong": quote("x" * 100_000),
    "nul": quote("Guten\0Tag"),
    "half a character": quote_from_bytes(b"\xed\xa0\x80 und \xff"),
    "emoji": quote("🦾🤖" * 20),
    "right to left": quote("\u202eabc\u200f\u2066"),
    "markup": quote("<script>alert(1)</script>{{ 7*7 }}{% now %}"),
    "formula": quote("=cmd|' /C calc'!A0"),
    "wrong type": quote("[object Object]"),
    "huge number": "9" * 400,
}
FINE = {200, 302, 400, 403, 404, 413, 429}


@pytest.fixture
def cast(cast: SimpleNamespace, make_poll: Callable[..., DatePoll]) -> SimpleNamespace:
    """The cast, with dates that are being looked for."""
    cast.poll = make_poll("fruehjahr", cast.west, cast.east)
    cast.option = cast.poll.options.first()
    begin = timezone.now() + timedelta(days=1)
    met = {"host": cast.west.agency, "starts_at": begin, "ends_at": begin + timedelta(hours=1)}
    Meeting.objects.create(slug="geplant", title="Geplant", **met)
    autumn = Meeting.objects.create(slug="herbst", title="Herbst", state=Meeting.State.ANNOUNCED, **met)
    RegistrationPlan.objects.create(meeting=autumn, guests=True, questions="Was bringen Sie mit?")
    Meeting.objects.create(slug="gemeinsam", title="Gemeinsam", co_host=cast.east.agency, **met)
    autumn.invitations.create(name="Gast", email="gast@example.org", token="antwort-1")
    cast.item = autumn.agenda.create(title="Begrüßung")
    cast.autumn = autumn
    cast.guest = autumn.registrations.create(
        name="Gast", email="gast@example.org", state=Registration.State.REGISTERED, ticket=1, token="anmeldung-1"
    )
    cast.run = CompanyImport.objects.create(
        agency=cast.west.agency, file_name="liste.csv", header=["Firma", "Ort"], columns=["Name", ""]
    )
    cast.run.lines.create(number=2, cells=["Muster", "Bad Musterdorf"])
    return cast


def counts() -> dict[str, int]:
    ours = [model for app in ("networks", "events", "portal") for model in apps.get_app_config(app).get_models()]
    return {model.__name__: model._default_manager.count() for model in ours}


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("form", FORMS)
def test_no_form_breaks(
    form: str, kind: str, cast: SimpleNamespace, series: MeetingSeries, client_of: ClientOf
) -> None:
    person, path, fields = FORMS[form]
    client = client_of(getattr(cast, person) if person else None)
    client.raise_request_exception = False
    body = "&".join(f"{field}={VALUES[kind]}" for field in fields.format(**vars(cast)).split())
    before = counts()

    answer = client.post(path.format(**vars(cast), series=series), body, "application/x-www-form-urlencoded")

    assert answer.status_code in FINE, answer.content[:400]
    if answer.status_code != 302:
        assert counts() == before


@pytest.mark.parametrize("form", FORMS)
def test_a_charset_nobody_speaks_is_a_bad_request(
    form: str, cast: SimpleNamespace, series: MeetingSeries, client_of: ClientOf
) -> None:
    person, path, fields = FORMS[form]
    client = client_of(getattr(cast, person) if person else None)
    client.raise_request_exception = False
    kind = "application/x-www-form-urlencoded; charset=utf-16"
    answer = client.post(
        path.format(**vars(cast), series=series), "&".join(f"{field}=x" for field in fields.split()), kind
    )
    assert answer.status_code in {400, 403}


def test_what_was_typed_is_still_there_beside_a_german_error(cast: SimpleNamespace, client_of: ClientOf) -> None:
    page = client_of(cast.new).post("/mein-bereich/eintragen/", {"name": "Ohne Ort", "website": "kein Link, oder?"})
    text = page.content.decode()
    assert 'value="Ohne Ort"' in text
    assert "Dieses Feld ist zwingend erforderlich." in text
    assert "Bitte prüfen Sie Ihre Angaben" in text


def test_a_choice_of_somebody_else_is_refused(cast: SimpleNamespace, client_of: ClientOf) -> None:
    before = Membership.objects.count()
    path = "/netzwerke/autos/beitreten/"
    page = client_of(cast.owner).post(path, {"company": cast.company_east.pk, "message": "Für die anderen."})
    assert (page.status_code, Membership.objects.count()) == (200, before)


@pytest.mark.parametrize("method", ["trace", "put", "delete", "patch"])
@pytest.mark.parametrize("path", ["/", "/unternehmen/", "/konto/signup/", "/netzwerke/robotik-kmu/", "/healthz"])
def test_methods_that_nobody_needs_are_refused(method: str, path: str, cast: SimpleNamespace, client: Client) -> None:
    assert getattr(client, method)(path).status_code == 405


NAMES = "q region district network competence industry size sort page view".split()  # noqa: SIM905  # reads better
PARAMETERS = st.dictionaries(
    st.sampled_from(NAMES),
    st.lists(st.text(max_size=40), max_size=3),
    max_size=6,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parameters=PARAMETERS)
def test_directory_and_search_take_any_parameters(
    parameters: dict[str, list[str]], cast: SimpleNamespace, client: Client
) -> None:
    query = "&".join(
        f"{name}={quote_from_bytes(value.encode('utf-8', 'surrogatepass'))}"
        for name, values in parameters.items()
        for value in values
    )
    assert client.get(f"/unternehmen/?{query}").status_code == 200
    assert client.get(f"/suche/?{query}").status_code == 200
