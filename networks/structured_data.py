"""Organisations in the words of schema.org."""

from typing import Any

from django.conf import settings

from accounts.wordings import wording
from networks.models import Agency, Company, Network


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def postal_address(street: str, postcode: str, city: str) -> dict[str, Any]:
    if not city:
        return {}
    return filled(**{"@type": "PostalAddress"}, streetAddress=street, postalCode=postcode, addressLocality=city)


def organization_of_company(company: Company) -> dict[str, Any]:
    """Without e-mail and phone: those are shown by consent, not handed to machines."""
    return filled(
        **{"@type": "Organization", "@id": absolute(company.get_absolute_url())},
        name=company.full_name,
        url=absolute(company.get_absolute_url()),
        description=wording(company, "summary").text,
        logo=absolute(company.logo.url) if company.logo else "",
        sameAs=company.website,
        foundingDate=str(company.founded or ""),
        address=postal_address(company.street, company.postcode, company.place),
    )


def organization_of_agency(agency: Agency) -> dict[str, Any]:
    return filled(
        **{"@type": "Organization", "@id": absolute(agency.get_absolute_url())},
        name=agency.official_name,
        alternateName=agency.short_name,
        url=absolute(agency.get_absolute_url()),
        description=wording(agency, "about").text,
        sameAs=agency.website,
        email=agency.contact_email,
        telephone=agency.contact_phone,
        foundingDate=str(agency.founded or ""),
        address=postal_address(agency.street, agency.postcode, agency.city),
    )


def organization_of_network(network: Network) -> dict[str, Any]:
    return filled(
        **{"@type": "Organization", "@id": absolute(network.get_absolute_url())},
        name=network.name,
        alternateName=network.short_name,
        url=absolute(network.get_absolute_url()),
        description=wording(network, "summary").text,
        sameAs=network.website,
        foundingDate=str(network.founded or ""),
        parentOrganization={"@type": "Organization", "name": network.agency.official_name},
    )
