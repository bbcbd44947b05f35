from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from accounts.sharing import SERVICES, Service, instance_host


def target(request: HttpRequest) -> str:
    """Only pages of this portal are shared from here."""
    path = request.GET.get("ziel", "")
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        raise Http404
    return path


@require_safe
@login_not_required
def share(request: HttpRequest) -> HttpResponse:
    """The second click: on to the service. The page itself carries no link to any of them."""
    service, path = SERVICES.get(request.GET.get("dienst", "")), target(request)
    if service is None:
        raise Http404
    page = settings.BASE_URL + path
    if service.asks_instance:
        return share_on_instance(request, service, page, path)
    if request.accepts("text/html"):
        return redirect(service.link(page))
    return JsonResponse({"link": service.link(page)})


def share_on_instance(request: HttpRequest, service: Service, page: str, path: str) -> HttpResponse:
    """Where the visitor names the host, nobody is sent there without having seen it."""
    given = request.GET.get("instanz", "")[:300]
    host = instance_host(given)
    link = service.link(page, host) if host else ""
    context = {"service": service, "path": path, "host": host, "given": given, "link": link}
    return render(request, "portal/share.html", context, status=200 if host or not given else 400)
