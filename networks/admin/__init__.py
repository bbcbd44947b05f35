from . import (
    absences,
    agencies,
    claims,
    companies,
    imports,
    memberships,
    merging,
    networks,
    notes,
    openings,
    reference,
    text_templates,
)

__all__ = [
    "absences",
    "agencies",
    "claims",
    "companies",
    "imports",
    "memberships",
    "merging",
    "networks",
    "notes",
    "openings",
    "reference",
    "text_templates",
]
