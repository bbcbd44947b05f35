from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks.directory import for_person
from networks.filters import LONGEST_QUERY, SearchField
from portal.site_search import search


@login_not_required
@require_safe
def site_search(request: HttpRequest) -> HttpResponse:
    query = SearchField().to_python(request.GET.get("q"))[:LONGEST_QUERY]
    answer = search(query, for_person(request.user), request.user)
    return render(request, "portal/search.html", {"query": query, "answer": answer})
