from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.admin.scoped import person_of
from networks.filters import words_of
from portal.desk_search import LEAST_LETTERS, search


@admin.site.admin_view
@require_safe
def desk_search(request: HttpRequest) -> HttpResponse:
    query = words_of(request)
    groups = search(query, person_of(request))
    context = {
        **admin.site.each_context(request),
        "title": _("Suche"),
        "query": query,
        "groups": groups,
        "too_short": 0 < len(query) < LEAST_LETTERS,
        "total": sum(len(group.items) for group in groups),
    }
    return render(request, "admin/search.html", context)
