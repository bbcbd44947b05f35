from django.urls import path

from accounts.views import own_data

app_name = "accounts"
urlpatterns = [
    path("daten/", own_data.data, name="data"),
    path("daten.json", own_data.data_file, name="data-file"),
    path("loeschen/", own_data.erase, name="erase"),
    path("geloescht/", own_data.erased, name="erased"),
]
