from .absences import Absence
from .agencies import Agency, AgencyStaff, StaffInvitation
from .circles import Circle
from .companies import Company
from .company_extras import CompanyImage, CompanySlug
from .company_people import Claim, CompanyInvitation, CompanyMember
from .directory import DirectoryVersion
from .imports import ColumnChoice, CompanyImport, ImportLine
from .internal_notes import InternalNote
from .memberships import Membership
from .merge_requests import MergeRequest
from .networks import Network, NetworkSlug, TwinAgency
from .notes import OutdatedNote
from .openings import Opening
from .places import District, Municipality, Postcode, Region
from .reference import Attribution, LoadedRecord
from .reminders import Reminder
from .text_templates import TextTemplate
from .vocabulary import Competence, CompetenceGroup, Industry

__all__ = [
    "Absence",
    "Agency",
    "AgencyStaff",
    "Attribution",
    "Circle",
    "Claim",
    "ColumnChoice",
    "Company",
    "CompanyImage",
    "CompanyImport",
    "CompanyInvitation",
    "CompanyMember",
    "CompanySlug",
    "Competence",
    "CompetenceGroup",
    "DirectoryVersion",
    "District",
    "ImportLine",
    "Industry",
    "InternalNote",
    "LoadedRecord",
    "Membership",
    "MergeRequest",
    "Municipality",
    "Network",
    "NetworkSlug",
    "Opening",
    "OutdatedNote",
    "Postcode",
    "Region",
    "Reminder",
    "StaffInvitation",
    "TextTemplate",
    "TwinAgency",
]
