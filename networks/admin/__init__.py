from . import agencies, claims, companies, memberships, networks, notes, openings, reference

__all__ = ["agencies", "claims", "companies", "memberships", "networks", "notes", "openings", "reference"]
