"""Static files as the browser gets them: hashed names, and one stylesheet instead of one per component."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile

ENTRY = "css/main.css"
IMPORT = re.compile(r'@import url\("(?P<file>[^"]+)"\) layer\((?P<layer>\w+)\)(?: (?P<media>\w+))?;')
ADDRESS = re.compile(r'url\("(?P<path>\.[^"]*)"\)')

Paths = dict[str, tuple[Any, str]]


class JoinedStylesheet:
    """Opens the entry with every `@import … layer()` replaced by what it names: a first visit asks once."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths

    def open(self, name: str) -> "ContentFile[bytes]":
        return ContentFile(IMPORT.sub(self.imported, self.text(name)).encode())

    def text(self, name: str) -> str:
        storage, path = self.paths[name]
        with storage.open(path) as file:
            return str(file.read().decode())

    def imported(self, match: re.Match[str]) -> str:
        file, media = match["file"], match["media"]
        folder = posixpath.dirname(file)
        text = self.text(posixpath.join(posixpath.dirname(ENTRY), file))
        moved = ADDRESS.sub(lambda found: f'url("{posixpath.normpath(posixpath.join(folder, found["path"]))}")', text)
        layered = f"@layer {match['layer']} {{\n{moved}}}"
        return f"@media {media} {{\n{layered}\n}}" if media else layered


class ModuleManifestStorage(ManifestStaticFilesStorage):
    """Hashed file names also inside ES modules; stylesheets joined."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002 (Django's)
        joined = {**paths, ENTRY: (JoinedStylesheet(paths), ENTRY)} if ENTRY in paths else paths
        return super().post_process(joined, dry_run, **options)
