from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import OutboxMail
from portal.demo.codes import code_of_the_moment
from portal.mailbox import is_open, opened


@login_not_required
@require_safe
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    if not is_open():
        raise Http404
    page = Paginator(OutboxMail.objects.delivered(), 30).get_page(request.GET.get("page"))
    return render(request, "portal/mailbox.html", {"page": page, "code": code_of_the_moment()})


@login_not_required
@require_safe
@never_cache
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    if not is_open():
        raise Http404
    found = get_object_or_404(OutboxMail.objects.delivered(), pk=pk)
    return render(request, "portal/mailbox_mail.html", {"opened": opened(found)})
