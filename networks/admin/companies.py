from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import person_of
from accounts.models import User
from networks.actions import companies as actions
from networks.actions.asking import ask_to_check
from networks.actions.owners import appoint_owner, invite_owner_again, last_invitation_to_lead
from networks.changes import changes_of
from networks.desk import age_for
from networks.duplicates import possible_duplicates
from networks.forms.versions import StartedFrom
from networks.maps import map_districts
from networks.models import Agency, Company, Competence, Industry
from networks.spots import company_spot

from .bulk import BulkAdmin, picked
from .company_exports import CompanyExport
from .company_list import CompanyList
from .comparison import compare
from .merging import MergingPage
from .moving import MovingPage
from .reviews import Decision

if TYPE_CHECKING:
    pass

State = Company.State
# A foreign key that is only read would link to its own page, which may not be mine.
PLACE = ("street", "postcode", "place_name", "home_name")
DECISIONS: tuple[Decision[Company], ...] = (
    Decision(
        "approve",
        _("Freigeben"),
        lambda company, by, _text: actions.approve_company(company, by=by),
        lambda company: company.state == State.PENDING,
        tone="good",
        hint=_("Der Eintrag ist sofort öffentlich. Wer ihn eingereicht hat, bekommt eine E-Mail."),
    ),
    Decision(
        "texts_checked",
        _("Texte sind in Ordnung"),
        lambda company, by, _text: actions.check_texts(company, by=by),
        lambda company: company.state == State.PUBLISHED and company.unchecked_since is not None,
        tone="good",
        hint=_("Das Unternehmen hat seine Texte geändert. Sie stehen schon auf seiner Seite."),
    ),
    Decision(
        "ask_back",
        _("Rückfrage stellen"),
        lambda company, by, text: actions.ask_back_company(company, by=by, message=text),
        lambda company: company.state == State.PENDING,
        asks=_("Ihre Frage"),
        tone="ghost",
    ),
    Decision(
        "decline",
        _("Ablehnen"),
        lambda company, by, text: actions.decline_company(company, by=by, reason=text),
        lambda company: company.state in {State.PENDING, State.CHANGES_REQUESTED},
        asks=_("Begründung"),
        tone="bad",
    ),
    Decision(
        "hide",
        _("Verbergen"),
        lambda company, by, text: actions.hide_company(company, by=by, reason=text),
        lambda company: company.state == State.PUBLISHED,
        asks=_("Begründung"),
        tone="ghost",
    ),
    Decision(
        "show",
        _("Wieder zeigen"),
        lambda company, by, _text: actions.show_company(company, by=by),
        lambda company: company.state == State.HIDDEN,
        tone="good",
    ),
    Decision(
        "archive",
        _("Archivieren"),
        lambda company, by, text: actions.archive_company(company, by=by, reason=text),
        lambda company: State.ARCHIVED in Company.NEXT[company.state],
        asks=_("Begründung"),
        tone="bad",
        hint=_("Die Adresse sagt dann, dass es den Eintrag nicht mehr gibt. Sie können ihn zurückholen."),
    ),
    Decision(
        "restore",
        _("Zurückholen"),
        lambda company, by, _text: actions.restore_company(company, by=by),
        lambda company: company.state == State.ARCHIVED,
        tone="good",
    ),
    Decision(
        "name_owner",
        _("Verantwortliche Person benennen"),
        lambda company, by, text: appoint_owner(company, text, by=by),
        lambda company: company.state in {State.PUBLISHED, State.HIDDEN} and not company.has_owner,
        asks=_("E-Mail-Adresse"),
        tone="ghost",
        hint=_("Für dieses Unternehmen spricht noch niemand. Wer noch kein Konto hat, bekommt eine Einladung."),
        email=True,
    ),
    Decision(
        "invite_again",
        _("Einladung erneuern"),
        lambda company, by, _text: invite_owner_again(company, by=by),
        lambda company: last_invitation_to_lead(company) is not None,
        tone="good",
        hint=_("Die zuletzt eingeladene Adresse bekommt einen neuen Link, der 14 Tage gilt."),
    ),
)

ASK_TO_CHECK: Decision[Company] = Decision(
    "ask_to_check",
    _("Um Prüfung der Angaben bitten"),
    lambda company, by, _text: ask_to_check(company, by=by),
    lambda company: company.state == State.PUBLISHED,
    hint=_("Wer für das Unternehmen verantwortlich ist, bekommt eine E-Mail."),
)


@admin.register(Company)
class CompanyAdmin(CompanyExport, CompanyList, MergingPage, MovingPage, BulkAdmin[Company]):
    fieldsets = [
        (None, {"fields": ["name", "legal_form", "summary", "description", "website", "founded", "size", "version"]}),
        (
            _("Ort"),
            {"fields": PLACE, "description": _("Ein Umzug hat einen eigenen Schritt: „Umzug eintragen“ beim Prüfen.")},
        ),
        (_("Fachliches"), {"fields": ["industry", "competences"]}),
        (_("Kontakt"), {"fields": ["contact_person", "email", "email_visibility", "phone", "phone_visibility"]}),
        (_("Texte auf Englisch und Niederländisch"), {"fields": Company.WORDINGS, "classes": ["collapse"]}),
        (_("Stand"), {"fields": ["state", "decision_note", "submitted_at", "decided_at", "published_at"]}),
    ]
    form = StartedFrom
    readonly_fields = [*PLACE, "state", "decision_note", "submitted_at", "decided_at", "published_at"]
    choices = {
        "industry": lambda _person: Industry.objects.all(),
        "competences": lambda _person: Competence.objects.all(),
    }
    decisions = DECISIONS
    bulk = (*picked(DECISIONS, "approve", "decline", "hide", "show", "archive", "restore"), ASK_TO_CHECK)
    review_template = "admin/networks/company/review.html"

    def scope(self, person: User) -> QuerySet[Company]:
        return Company.objects.curated_by(person).with_place()

    def waiting(self, person: User) -> QuerySet[Company]:
        return Company.objects.curated_by(person).waiting()

    def teams(self, obj: Company) -> list[Agency]:
        return [obj.home_agency] if obj.home_agency else []

    def review_context(self, obj: Company, person: User) -> dict[str, Any]:
        twins = possible_duplicates(obj, person)
        return {
            "people": obj.people.select_related("person"),
            "invited": last_invitation_to_lead(obj),
            "suspects": twins,
            "may_merge": Company.objects.mergeable().among([obj]).exists(),
            "rows": compare(obj, twins),
            "images": obj.images.all(),
            "age": age_for(person, obj.submitted_at),
            "districts": map_districts(),
            "places": company_spot(obj),
            "changes": changes_of(obj)[:3],
        }

    def save_model(self, request: HttpRequest, obj: Company, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        """Staff's changes go the way of everybody's: search, address and home agency follow."""
        values = {name: form.cleaned_data[name] for name in form.changed_data if name in form.cleaned_data}
        actions.edit_company(obj, values, by=person_of(request))
