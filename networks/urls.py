from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from networks.views import (
    company_edit,
    company_people,
    directory,
    membership_invite,
    memberships,
    regions,
    registration,
)

app_name = "networks"
urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("address", "unternehmen/"), directory.company_list, name="company-list"),
    path("regionen/farben-<slug:version>.css", regions.region_colours, name="region-colours"),
    path(
        pgettext_lazy("address", "netzwerke/<slug:slug>/beitreten/"),
        memberships.membership_request,
        name="membership-request",
    ),
    path(
        pgettext_lazy("address", "unternehmen/<slug:slug>/einladen/"),
        membership_invite.membership_invite,
        name="membership-invite",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/mitgliedschaften/<int:pk>/"),
        memberships.membership_detail,
        name="membership-detail",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/mitgliedschaften/<int:pk>/antworten/"),
        memberships.membership_answer,
        name="membership-answer",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/mitgliedschaften/<int:pk>/zurueckziehen/"),
        memberships.membership_withdraw,
        name="membership-withdraw",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/mitgliedschaften/<int:pk>/austreten/"),
        memberships.membership_leave,
        name="membership-leave",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/mitgliedschaften/<int:pk>/annehmen/"),
        memberships.membership_accept,
        name="membership-accept",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/mitgliedschaften/<int:pk>/ablehnen/"),
        memberships.membership_decline,
        name="membership-decline",
    ),
    path(pgettext_lazy("address", "mein-bereich/eintragen/"), registration.company_register, name="company-register"),
    path(
        pgettext_lazy("address", "mein-bereich/uebernehmen/<slug:slug>/"),
        registration.company_claim,
        name="company-claim",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/uebernahmen/<int:pk>/zurueckziehen/"),
        registration.claim_withdraw,
        name="claim-withdraw",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/unternehmen/<slug:slug>/"),
        registration.company_manage,
        name="company-manage",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/unternehmen/<slug:slug>/zurueckziehen/"),
        registration.company_withdraw,
        name="company-withdraw",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/unternehmen/<slug:slug>/einreichen/"),
        registration.company_resubmit,
        name="company-resubmit",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/unternehmen/<slug:slug>/bearbeiten/"),
        company_edit.company_edit,
        name="company-edit",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/unternehmen/<slug:slug>/bilder/"),
        company_edit.company_images,
        name="company-images",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/unternehmen/<slug:slug>/bilder/<int:pk>/loeschen/"),
        company_edit.company_image_delete,
        name="company-image-delete",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/unternehmen/<slug:slug>/verlauf/"),
        company_edit.company_history,
        name="company-history",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/unternehmen/<slug:slug>/team/"),
        company_people.company_people,
        name="company-people",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/unternehmen/<slug:slug>/team/<int:pk>/"),
        company_people.company_person,
        name="company-person",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/unternehmen/<slug:slug>/einladungen/<int:pk>/"),
        company_people.company_invitation_change,
        name="company-invitation-change",
    ),
    path(
        pgettext_lazy("address", "mein-bereich/unternehmen/<slug:slug>/kontakt/"),
        company_people.company_contact,
        name="company-contact",
    ),
    path(
        pgettext_lazy("address", "einladung/<str:token>/"), company_people.company_invitation, name="company-invitation"
    ),
    path(
        pgettext_lazy("address", "einladung/team/<str:token>/"),
        company_people.staff_invitation,
        name="staff-invitation",
    ),
]
