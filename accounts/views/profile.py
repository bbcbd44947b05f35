from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods

from accounts.forms import ProfileForm
from accounts.models import User
from accounts.views.own_data import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, function and the language of mails; the next page speaks the language just chosen."""
    person = User.objects.get(pk=signed_in(request).pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=person)
    if form.is_valid():
        form.save()
        with override(person.language):
            messages.success(request, gettext("Ihre Angaben sind gespeichert."))
            return redirect(reverse("my-area"))
    return render(request, "accounts/profile.html", {"form": form})
