from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.retention import all_rules
from accounts.wordings import wording
from networks.attributions import attributions
from networks.models import Agency
from portal.models import SiteState
from portal.pages_loader import current, fill_blanks


@login_not_required
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    found = current(slug)
    said = wording(found, "body")
    context = {
        "page": found,
        "headline": wording(found, "title"),
        "said": replace(said, text=fill_blanks(said.text, demo=SiteState.is_demo())),
        "sources": attributions() if slug == "impressum" else (),
        "rules": all_rules() if slug == "datenschutz" else (),
        "agencies": Agency.objects.visible_to(request.user).with_districts() if slug == "kontakt" else (),
    }
    return render(request, "portal/page.html", context)
