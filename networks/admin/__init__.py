from . import absences, agencies, claims, companies, memberships, networks, notes, openings, reference

__all__ = ["absences", "agencies", "claims", "companies", "memberships", "networks", "notes", "openings", "reference"]
