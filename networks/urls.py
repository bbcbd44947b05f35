from django.urls import URLPattern, URLResolver, path

from networks.views import regions

app_name = "networks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("regionen/farben-<slug:version>.css", regions.region_colours, name="region-colours"),
]
