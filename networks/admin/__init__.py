from . import agencies, claims, companies, memberships, networks, notes, reference

__all__ = ["agencies", "claims", "companies", "memberships", "networks", "notes", "reference"]
