"""Everything that cannot be made anew from the code, in one file: each table's rows as JSON lines, the uploaded files,
and a manifest with counts and checksums. The rows name no database: SQLite and PostgreSQL restore each other's.
"""

import json
import os
import shutil
import tarfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

FORMAT = 1
ROWS_AT_ONCE = 500
MANIFEST, TABLES, MEDIA = "manifest.json", "tables", "media"
Manifest = dict[str, Any]


class BackupError(Exception):
    """The message says what is wrong with the file, or with restoring it here."""


def write(file: Path) -> Manifest:
    """Write a backup while the portal runs; the file appears only when it is whole and was read again."""
    with TemporaryDirectory(prefix="backup-", dir=settings.DATA_DIR) as folder:
        manifest = _collect(Path(folder))
        draft = file.with_name(f".{file.name}.part")
        draft.touch(mode=0o600)
        with tarfile.open(draft, "w:gz", compresslevel=6) as archive:
            for name in (MANIFEST, TABLES):
                archive.add(Path(folder, name), arcname=name)
            for name in manifest["files"]:
                archive.add(settings.MEDIA_ROOT / name, arcname=f"{MEDIA}/{name}")
    with unpacked(draft):
        os.replace(draft, file)
    return manifest


def _collect(folder: Path) -> Manifest:
    (folder / TABLES).mkdir()
    with _one_moment():
        tables = {table: _write_table(model, folder / TABLES / table) for table, model in _models().items()}
        migrations = _migrations()
    media = sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())
    manifest = {
        "format": FORMAT,
        "made": timezone.now().isoformat(timespec="seconds"),
        "migrations": migrations,
        "tables": tables,
        "files": {path.relative_to(settings.MEDIA_ROOT).as_posix(): checksum(path) for path in media},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """All tables as they were at one moment, while others go on writing."""
    if connection.in_atomic_block:  # a test, or a caller who knows
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:  # atomic() would take the lock that writers need
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _models() -> dict[str, type[models.Model]]:
    """By table: what is ours, the libraries' and the links between; a cache is none of it."""
    found = (model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy)
    return {model._meta.db_table: model for model in found if model._meta.managed}


def _columns(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _write_table(model: type[models.Model], file: Path) -> dict[str, Any]:
    names = [field.attname for field in _columns(model)]
    rows, digest = 0, sha256()
    with file.open("wb") as lines:
        for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=2000):
            line = json.dumps(row, default=_plain, ensure_ascii=False, sort_keys=True).encode() + b"\n"
            digest.update(line)
            lines.write(line)
            rows += 1
    return {"columns": names, "rows": rows, "sha256": digest.hexdigest()}


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(timezone.get_default_timezone()).isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return b64encode(bytes(value)).decode("ascii")
    if isinstance(value, Decimal):
        return str(value)
    raise BackupError(f"No way to write a {type(value).__name__}.")


def checksum(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


@contextmanager
def unpacked(file: Path) -> Iterator[tuple[Path, Manifest]]:
    """A backup in a folder, whole and unchanged since it was written, and its manifest."""
    with TemporaryDirectory(prefix="restore-", dir=settings.DATA_DIR) as name:
        folder = Path(name)
        try:
            with tarfile.open(file, "r:gz") as archive:
                archive.extractall(folder, filter="data")
            manifest: Manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, EOFError, tarfile.TarError, ValueError) as error:
            raise BackupError(f"This is no whole backup: {error}") from error
        if manifest.get("format") != FORMAT:
            raise BackupError(f"Format {manifest.get('format')} is not known here, only {FORMAT}.")
        wanted = {f"{TABLES}/{table}": facts["sha256"] for table, facts in manifest["tables"].items()}
        wanted |= {f"{MEDIA}/{name}": digest for name, digest in manifest["files"].items()}
        for part, digest in wanted.items():
            if not (folder / part).is_file() or checksum(folder / part) != digest:
                raise BackupError(f"Damaged or missing: {part}")
        yield folder, manifest


def restore(file: Path, *, replace: bool = False) -> Manifest:
    """Put everything back as it was, all or nothing; what is here goes, if `replace` says so."""
    with unpacked(file) as (folder, manifest):
        if manifest["migrations"] != _migrations():
            raise BackupError("Another version of the software wrote it: install that one, restore, then update.")
        if not replace and apps.get_model(settings.AUTH_USER_MODEL)._base_manager.exists():
            raise BackupError("There are people here already. --replace deletes everything that is here first.")
        with transaction.atomic():
            _empty_tables()
            for table, model in _models().items():
                _read_table(model, folder / TABLES / table, manifest["tables"][table])
            _go_on_counting()
            _compare(manifest)
        _swap_media(folder / MEDIA)
    return manifest


def _empty_tables() -> None:
    with connection.cursor() as cursor:
        for table in _models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name of our own


def _read_table(model: type[models.Model], file: Path, facts: dict[str, Any]) -> None:
    """As the database keeps it: no defaults, no dates of today, nothing computed."""
    fields = [field for field in _columns(model) if field.attname in facts["columns"]]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own
    with file.open(encoding="utf-8") as lines, connection.cursor() as cursor:
        while some := list(islice(lines, ROWS_AT_ONCE)):
            cursor.executemany(statement, [_values(fields, json.loads(line)) for line in some])


def _values(fields: list[Any], row: list[Any]) -> list[Any]:
    return [field.get_db_prep_save(_typed(field, value), connection) for field, value in zip(fields, row, strict=True)]


def _typed(field: Any, value: Any) -> Any:
    """A value of JSON as the field's own type."""
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return b64decode(value)
    return field.to_python(value)


def _go_on_counting() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_models().values())):
            cursor.execute(statement)


def _compare(manifest: Manifest) -> None:
    """What stands in the tables now is what was written down."""
    with TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        for table, model in _models().items():
            if _write_table(model, Path(folder, table)) != manifest["tables"][table]:
                raise BackupError(f"Not restored as it was: {table}")


def _swap_media(new: Path) -> None:
    """By renaming: at no moment is half of it there."""
    new.mkdir(exist_ok=True)
    old = settings.MEDIA_ROOT.with_name(f"{settings.MEDIA_ROOT.name}.before")
    shutil.rmtree(old, ignore_errors=True)
    if settings.MEDIA_ROOT.exists():
        settings.MEDIA_ROOT.rename(old)
    shutil.move(new, settings.MEDIA_ROOT)
    shutil.rmtree(old, ignore_errors=True)
