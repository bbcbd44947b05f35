"""What this app knows about people, and what becomes of it when they go."""

from django.db.models import Q

from accounts.personal_data import (
    Somebody,
    register,
    register_follower,
    register_free,
    register_namer,
    register_obstacle,
    register_outlook,
    register_quotes,
    register_sweep,
    register_traces,
)
from accounts.sweeping import FORMER, GONE
from networks.actions.farewell import last_lead_of, what_goes_over
from networks.indexing import reindex
from networks.models import (
    Absence,
    Agency,
    Attribution,
    Circle,
    Claim,
    ColumnChoice,
    Company,
    CompanyImage,
    CompanyImport,
    CompanyInvitation,
    Competence,
    CompetenceGroup,
    DirectoryVersion,
    District,
    ImportLine,
    Industry,
    InternalNote,
    LoadedRecord,
    Membership,
    MergeRequest,
    Municipality,
    Network,
    Opening,
    OutdatedNote,
    Postcode,
    Region,
    Reminder,
    StaffInvitation,
    TextTemplate,
)
from networks.own_rows import ROWS, lines_with_address
from networks.sheets.companies import Column

OFFICIAL = "places, words and sources from public registers"
OWN_NAME = "the company's own name and place, also where it is that of a person; the company survives"
OFFICIAL_ONLY = (
    Region,
    District,
    Municipality,
    Postcode,
    Competence,
    CompetenceGroup,
    Industry,
    Attribution,
    DirectoryVersion,
)
PUBLIC_BODY = "the name and place of a public body"


def register_all() -> None:
    register(*ROWS)
    for model in OFFICIAL_ONLY:
        register_free(model, OFFICIAL)
    for invitation in (CompanyInvitation, StaffInvitation):
        register_traces(invitation, invited_by="created_at")
        register_free(invitation, "a random key", "token")
    _companies()
    _networks()
    _agencies()
    _teams()
    _lists()
    register_follower(_forget_notes)
    register_namer(_listed_names)
    register_obstacle(last_lead_of)
    register_outlook(what_goes_over)
    register_sweep(_index_again)


def _companies() -> None:
    """A company's mailbox and number go where they are a person's own; its name stays."""
    told = ("summary", "description", *Company.WORDINGS, "contact_person", "email", "phone", "decision_note", "street")
    named = ("name", "legal_form", "postcode", "guest_place", "website", "logo")
    register_quotes(Company, *told)
    register_free(Company, OWN_NAME, *named, "name_sort", "name_key", "website_domain", "search_name")
    register_free(Company, "follows from the other columns", "search_text")
    history = Company.history.model
    register_quotes(history, *told, "history_change_reason")
    register_free(history, OWN_NAME, *named)
    register_traces(history, history_user="history_date")
    register_traces(Claim, decided_by="decided_at")
    register_quotes(Claim, "message", "decision_note")
    register_quotes(CompanyImage, "caption")
    register_free(CompanyImage, "a random name", "image")
    register_quotes(Membership, "message", "decision_note")
    register_traces(Membership, requested_by="requested_at", decided_by="decided_at")
    register_quotes(MergeRequest, "message", "decision_note")
    register_free(MergeRequest, "names of columns", "taken_over")
    register_traces(MergeRequest, requested_by="requested_at", decided_by="decided_at")


def _index_again(who: Somebody, replace: object) -> None:
    """The search forgets what a text no longer says."""
    changed = Q(pk=None)
    for column in ("summary", "description", *Company.WORDINGS):
        changed |= Q(**{f"{column}__contains": FORMER}) | Q(**{f"{column}__contains": GONE})
    for company in Company.objects.filter(changed):
        reindex(company)


def _networks() -> None:
    told = ("carrier", "summary", "aims", "how_to_join", "scientific_partner", *Network.WORDINGS)
    named = ("name", "short_name", "topic", "website")
    for model in (Network, Network.history.model):
        register_quotes(model, *told)
        register_free(model, "the network's own name", *named)
    register_traces(Network.history.model, history_user="history_date")
    register_quotes(Network.history.model, "history_change_reason")
    register_quotes(Circle, "name", "purpose")
    register_quotes(Opening, "conditions", "decision_note")
    register_traces(Opening, proposed_by="proposed_at", decided_by="decided_at")


def _agencies() -> None:
    told = ("about", *Agency.WORDINGS, "contact_function", "contact_email", "contact_phone")
    register_quotes(Agency, *told)
    register_free(
        Agency, PUBLIC_BODY, "official_name", "short_name", "legal_form", "street", "postcode", "city", "website"
    )
    register_quotes(LoadedRecord, "values")
    register_free(LoadedRecord, "the kind and key of a thing", "model", "key")
    register_traces(OutdatedNote, done_by="done_at")
    register_quotes(OutdatedNote, "label", "message")
    register_free(OutdatedNote, "an address of the portal", "page")


def _teams() -> None:
    register_traces(Absence, entered_by="entered_at")
    register_free(Reminder, "a word of the program", "queue")
    register_traces(InternalNote, author="written_at")
    register_quotes(InternalNote, "text")
    register_free(InternalNote, "the kind and number of a thing", "object_type", "object_id")
    register_quotes(TextTemplate, "title", "text")


def _lists() -> None:
    register_traces(CompanyImport, begun_by="created_at")
    register_quotes(CompanyImport, "file_name", "message")
    register_free(CompanyImport, "titles of columns", "header", "columns")
    register_free(ColumnChoice, "titles of columns", "title", "column")
    register_quotes(ImportLine, "cells", "findings", "before")
    register_free(ImportLine, OWN_NAME, "name")
    register_free(ImportLine, "words and keys of the program", "decision", "joined")


def _listed_names(who: Somebody) -> set[str]:
    """Whom a list names beside the address; who has an account says their name themselves."""
    if who.person:
        return set()
    listed = list(Company.objects.filter(who.has_address("email")).values_list("contact_person", flat=True))
    for line in lines_with_address(who):
        cells = zip(line.run.columns, line.cells, strict=False)
        listed += [str(cell) for column, cell in cells if column == Column.CONTACT]
    return {name.strip() for several in listed for name in several.split(";")}


def _forget_notes(kind: str, keys: list[str]) -> None:
    """Notes about an application of somebody who is gone lead nowhere; those about companies stay."""
    if kind != Company._meta.label_lower:
        InternalNote.objects.filter(Q(object_type=kind, object_id__in=keys)).delete()
