from django.urls import path
from django.utils.translation import pgettext_lazy

from accounts.views import own_data
from accounts.views.profile import profile

app_name = "accounts"
urlpatterns = [
    path(pgettext_lazy("address", "angaben/"), profile, name="profile"),
    path(pgettext_lazy("address", "daten/"), own_data.data, name="data"),
    path(pgettext_lazy("address", "daten.json"), own_data.data_file, name="data-file"),
    path(pgettext_lazy("address", "loeschen/"), own_data.erase, name="erase"),
    path(pgettext_lazy("address", "geloescht/"), own_data.erased, name="erased"),
]
