from django.urls import URLPattern, URLResolver, path

from networks.views import directory, memberships, regions

app_name = "networks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("unternehmen/", directory.company_list, name="company-list"),
    path("regionen/farben-<slug:version>.css", regions.region_colours, name="region-colours"),
    path("netzwerke/<slug:slug>/beitreten/", memberships.membership_request, name="membership-request"),
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
]
