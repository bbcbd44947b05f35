"""The site's own texts: the operator writes them, and the law wants some names there."""

from accounts.personal_data import register_free
from portal.models import SitePage


def register_all() -> None:
    texts = ("title", "body", *SitePage.WORDINGS, "version")
    register_free(SitePage, "the operator's legal texts: an imprint names who answers for the portal", *texts)
