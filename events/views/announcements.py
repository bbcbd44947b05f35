from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from events.forms.announcements import AnnouncementChoice
from events.models import Announcement
from events.rules import announcement_abilities
from events.structured_data import news_article

PER_PAGE = 12


@login_not_required
@require_safe
def announcement_list(request: HttpRequest) -> HttpResponse:
    choice = AnnouncementChoice(request.GET)
    found = choice.narrow(Announcement.objects.published().latest_first().with_agency())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "events/announcement_list.html", {"page": page, "choice": choice})


@login_not_required
@require_safe
def announcement(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        found = Announcement.objects.visible_to(request.user).with_agency().get(slug=slug)
    except Announcement.DoesNotExist:
        renamed = get_object_or_404(Announcement.objects.visible_to(request.user), old_slugs__slug=slug)
        return redirect(renamed, permanent=True)
    public = Announcement.objects.published()
    context = {
        "announcement": found,
        "may": announcement_abilities(request.user, found),
        "data": news_article(found),
        "newer": public.after(found).first(),
        "older": public.before(found).first(),
    }
    return render(request, "events/announcement.html", context)
