"""Message catalogues as the running portal reads them: made from the .po files, without gettext's tools."""

import os
from pathlib import Path

import polib
from django.conf import settings


def compile_catalogues() -> None:
    """Whatever is older than its source; several processes may do it at once."""
    for folder in settings.LOCALE_PATHS:
        for source in Path(folder).glob("*/LC_MESSAGES/django.po"):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                draft = compiled.with_name(f".{os.getpid()}.mo")
                polib.pofile(str(source)).save_as_mofile(str(draft))
                draft.replace(compiled)
