from django.urls import URLPattern, URLResolver, path

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
OWN = "mein-bereich/unternehmen/<slug:slug>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("unternehmen/", directory.company_list, name="company-list"),
    path("regionen/farben-<slug:version>.css", regions.region_colours, name="region-colours"),
    path("netzwerke/<slug:slug>/beitreten/", memberships.membership_request, name="membership-request"),
    path("unternehmen/<slug:slug>/einladen/", membership_invite.membership_invite, name="membership-invite"),
    path("mein-bereich/mitgliedschaften/<int:pk>/", memberships.membership_detail, name="membership-detail"),
    path("mein-bereich/mitgliedschaften/<int:pk>/antworten/", memberships.membership_answer, name="membership-answer"),
    path(
        "mein-bereich/mitgliedschaften/<int:pk>/zurueckziehen/",
        memberships.membership_withdraw,
        name="membership-withdraw",
    ),
    path("mein-bereich/mitgliedschaften/<int:pk>/austreten/", memberships.membership_leave, name="membership-leave"),
    path("mein-bereich/mitgliedschaften/<int:pk>/annehmen/", memberships.membership_accept, name="membership-accept"),
    path("mein-bereich/mitgliedschaften/<int:pk>/ablehnen/", memberships.membership_decline, name="membership-decline"),
    path("mein-bereich/eintragen/", registration.company_register, name="company-register"),
    path("mein-bereich/uebernehmen/<slug:slug>/", registration.company_claim, name="company-claim"),
    path("mein-bereich/uebernahmen/<int:pk>/zurueckziehen/", registration.claim_withdraw, name="claim-withdraw"),
    path("mein-bereich/unternehmen/<slug:slug>/", registration.company_manage, name="company-manage"),
    path(f"{OWN}zurueckziehen/", registration.company_withdraw, name="company-withdraw"),
    path(f"{OWN}einreichen/", registration.company_resubmit, name="company-resubmit"),
    path(f"{OWN}bearbeiten/", company_edit.company_edit, name="company-edit"),
    path(f"{OWN}bilder/", company_edit.company_images, name="company-images"),
    path(f"{OWN}bilder/<int:pk>/loeschen/", company_edit.company_image_delete, name="company-image-delete"),
    path(f"{OWN}verlauf/", company_edit.company_history, name="company-history"),
    path(f"{OWN}team/", company_people.company_people, name="company-people"),
    path(f"{OWN}team/<int:pk>/", company_people.company_person, name="company-person"),
    path(
        f"{OWN}einladungen/<int:pk>/",
        company_people.company_invitation_change,
        name="company-invitation-change",
    ),
    path(f"{OWN}kontakt/", company_people.company_contact, name="company-contact"),
    path("einladung/<str:token>/", company_people.company_invitation, name="company-invitation"),
    path("einladung/team/<str:token>/", company_people.staff_invitation, name="staff-invitation"),
]
