from django.urls import URLPattern, URLResolver, path

from networks.views import directory, regions

app_name = "networks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("unternehmen/", directory.company_list, name="company-list"),
    path("regionen/farben-<slug:version>.css", regions.region_colours, name="region-colours"),
]
