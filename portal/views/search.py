from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks.directory import for_person
from networks.filters import words_of
from portal.site_search import search


@login_not_required
@require_safe
def site_search(request: HttpRequest) -> HttpResponse:
    query = words_of(request)
    answer = search(query, for_person(request.user), request.user)
    return render(request, "portal/search.html", {"query": query, "answer": answer})
