"""Two curators decide about one thing at the same moment, over and over: one decision, one mail."""

from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import AuditEntry, OutboxMail, User
from networks.actions import claims, companies, memberships
from networks.models import Claim, Company, CompanyMember, Membership

ROUNDS = 20
MakeCompany = Callable[..., Company]


def mailed() -> Counter[str]:
    return Counter(OutboxMail.objects.values_list("recipient", flat=True))


def _application(number: int, cast: SimpleNamespace, make: MakeCompany) -> tuple[Any, Any, User, str]:
    company = make(f"Antrag {number}", cast.west, state=Company.State.PENDING)
    CompanyMember.objects.create(company=company, person=cast.new)
    return (
        lambda: companies.approve_company(company, by=cast.curator_west),
        lambda: companies.decline_company(company, by=cast.manager_west, reason="Nein."),
        cast.new,
        str(company.pk),
    )


def _join_request(number: int, cast: SimpleNamespace, make: MakeCompany) -> tuple[Any, Any, User, str]:
    company = make(f"Wunsch {number}", cast.west)
    CompanyMember.objects.create(company=company, person=cast.new)
    asked = Membership.objects.create(company=company, network=cast.network)
    return (
        lambda: memberships.approve_membership(asked, by=cast.curator_west),
        lambda: memberships.decline_membership(asked, by=cast.manager_west, reason="Nein."),
        cast.new,
        str(asked.pk),
    )


def _claim(number: int, cast: SimpleNamespace, make: MakeCompany) -> tuple[Any, Any, User, str]:
    claim = Claim.objects.create(company=make(f"Ohne {number}", cast.west), person=cast.new, message="Ich.")
    return (
        lambda: claims.approve_claim(claim, by=cast.curator_west),
        lambda: claims.decline_claim(claim, by=cast.manager_west, reason="Nein."),
        cast.new,
        str(claim.company_id),
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("prepare", [_application, _join_request, _claim])
def test_one_decision_one_mail(
    cast: SimpleNamespace,
    make_company: MakeCompany,
    both_at_once: Callable[..., list[str]],
    prepare: Callable[..., tuple[Any, Any, User, str]],
) -> None:
    for number in range(ROUNDS):
        yes, no, person, pk = prepare(number, cast, make_company)
        OutboxMail.objects.all().delete()
        AuditEntry.objects.all().delete()
        assert both_at_once(yes, no) == ["done", "refused"]
        assert mailed()[person.email] == 1
        assert AuditEntry.objects.filter(object_id=pk).count() == 1
