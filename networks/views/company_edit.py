"""A company edits what it says, its pictures, and reads what was changed."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from networks.actions import companies
from networks.changes import changes_of
from networks.forms.companies import CompanyForm, ImageForm, LogoForm
from networks.models import Company, CompanyImage
from networks.views.company_pages import require_company, signed_in, tried

if TYPE_CHECKING:
    Sent = tuple[QueryDict | None, MultiValueDict[str, UploadedFile[Any]] | None]

SAVED = _("Gespeichert.")


@require_http_methods(["GET", "HEAD", "POST"])
def company_edit(request: HttpRequest, slug: str) -> HttpResponse:
    company, may = require_company(request, slug, lambda may: may.edit)
    home_before = company.home_agency
    form = CompanyForm(request.POST if request.method == "POST" else None, instance=company)
    if request.method == "POST" and (saved := _save(request, form)):
        messages.success(request, SAVED)
        if saved.home_agency != home_before:
            messages.info(request, _("Zuständig ist jetzt: {agency}.").format(agency=saved.home_agency))
        return redirect("networks:company-manage", saved.slug)
    shown = Company.objects.of_person(request.user).get(pk=company.pk)
    return render(request, "networks/company_edit.html", {"company": shown, "form": form, "may": may})


@transaction.atomic
def _save(request: HttpRequest, form: CompanyForm) -> Company | None:
    """Nobody else saves between the look at the versions and the change."""
    if not form.is_valid():
        return None
    return companies.edit_company(form.instance, form.cleaned_data, by=signed_in(request))


@require_http_methods(["GET", "HEAD", "POST"])
def company_images(request: HttpRequest, slug: str) -> HttpResponse:
    """Logo and pictures: two forms on one page, told apart by their button."""
    company, _may = require_company(request, slug, lambda may: may.edit)
    logo_form = LogoForm(*_sent(request, "logo-form"), initial={"logo": company.logo})
    image_form = ImageForm(*_sent(request, "image-form"))
    person = signed_in(request)
    if logo_form.is_valid():
        tried(request, lambda: companies.change_logo(company, logo_form.cleaned_data["logo"], by=person), SAVED)
    elif image_form.is_valid():
        tried(request, lambda: companies.add_image(company, image_form.instance, by=person), SAVED)
    else:
        context = {"company": company, "logo_form": logo_form, "image_form": image_form}
        return render(request, "networks/company_images.html", context)
    return redirect("networks:company-images", company.slug)


def _sent(request: HttpRequest, button: str) -> "Sent":
    """What was sent by this button, if it was this one."""
    pressed = request.method == "POST" and button in request.POST
    return (request.POST, request.FILES) if pressed else (None, None)


@require_http_methods(["GET", "HEAD", "POST"])
def company_image_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    company, _may = require_company(request, slug, lambda may: may.edit)
    image = get_object_or_404(CompanyImage.objects.filter(company=company), pk=pk)
    if request.method == "POST":
        companies.remove_image(image, by=signed_in(request))
        messages.success(request, _("Das Bild ist gelöscht."))
        return redirect("networks:company-images", company.slug)
    return render(request, "networks/company_image_delete.html", {"company": company, "image": image})


@require_safe
def company_history(request: HttpRequest, slug: str) -> HttpResponse:
    company, may = require_company(request, slug, lambda may: may.read_history)
    context = {"company": company, "may": may, "changes": changes_of(company)}
    return render(request, "networks/company_history.html", context)
