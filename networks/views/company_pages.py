"""What the pages of a member's own company share: who is asked for, and what an action answers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.errors import ActionRefused
from accounts.models import User
from networks.models import Company
from networks.rules import CompanyAbilities, company_abilities

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Rule = Callable[[CompanyAbilities], bool]


def require_company(request: HttpRequest, slug: str, rule: Rule) -> tuple[Company, CompanyAbilities]:
    """The company, if this person may see it (else 404) and do this with it (else 403)."""
    company = get_object_or_404(Company.objects.visible_to(request.user).with_place(), slug=slug)
    may = company_abilities(request.user, company)
    if not rule(may):
        raise PermissionDenied
    return company, may


def signed_in(request: HttpRequest) -> User:
    """The person; pages of members are closed to visitors before a view begins."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def tried(request: HttpRequest, act: Callable[[], object], success: "StrOrPromise") -> bool:
    """Carry out an action and say how it went."""
    try:
        act()
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, str(success))
    return True
