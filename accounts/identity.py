"""Who is meant: an account with its addresses, or an address alone, with the names it is known under."""

from dataclasses import replace

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.models import User
from accounts.personal_data import Somebody, all_rows, names_beside


def identity_of(person: User) -> Somebody:
    addresses = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return _known_as(Somebody(person, frozenset(map(str.lower, [person.email, *addresses]))))


def identity_with(email: str) -> Somebody:
    """Whoever has this address, with or without an account."""
    email = email.strip().lower()
    person = User.objects.filter(Q(email__iexact=email) | Q(emailaddress__email__iexact=email)).first()
    return identity_of(person) if person else _known_as(Somebody(None, frozenset({email})))


def _known_as(who: Somebody) -> Somebody:
    """With the names and numbers that stand beside the addresses."""
    names, phones = names_beside(who), set()
    for rows in all_rows():
        if rows.called:
            names |= set(rows.theirs(who).values_list(rows.called, flat=True))
        if rows.phoned:
            phones |= set(rows.theirs(who).values_list(rows.phoned, flat=True))
    return replace(who, names=frozenset(names - {""}), phones=frozenset(phones - {""}))
