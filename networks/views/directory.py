from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks import page_cache
from networks.directory import Directory, for_person
from networks.directory_page import DirectoryPage
from networks.filters import DirectoryFilter


@login_not_required
@require_safe
def company_list(request: HttpRequest) -> HttpResponse:
    directory = for_person(request.user)
    page_cache.normalise(request, DirectoryFilter.base_filters)
    return page_cache.shared(request, directory.version, lambda: _draw(request, directory))


def _draw(request: HttpRequest, directory: Directory) -> HttpResponse:
    return render(request, "networks/company_list.html", {"directory": DirectoryPage(request.GET, directory)})
