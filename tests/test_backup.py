"""What is backed up comes back, row for row and byte for byte."""

import json
import tarfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import OutboxMail, User
from networks.models import Agency, Company
from portal import backups
from portal.backups import BackupError
from portal.demo.build import Wish, build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


def contents(folder: Path) -> dict[str, Any]:
    """Counts and checksums of everything, as a backup of this moment has them."""
    made = backups.write(folder / "compare.tar.gz")
    (folder / "compare.tar.gz").unlink()
    return {name: made[name] for name in ("tables", "files")}


def wipe(settings: Any) -> None:
    call_command("flush", interactive=False, verbosity=0)
    for path in sorted(settings.MEDIA_ROOT.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()


def test_a_demo_that_was_wiped_comes_back_as_it_was(folder: Path, settings: Any) -> None:
    build(Wish(companies=130, seed=7, today=date(2026, 11, 23)), lambda what, done: None)
    default_storage.save("bilder/ä b.webp", ContentFile(b"\x00bild"))
    OutboxMail.objects.create(message_id="<1@x>", recipient="a@example.org", subject="ß", source=b"\xff\x00mail")
    before = contents(folder)
    assert before["tables"]["networks_company"]["rows"] == 130
    assert before["tables"]["networks_historicalcompany"]["rows"]
    assert "bilder/ä b.webp" in before["files"]
    call_command("backup", folder, verbosity=0)
    file = next(folder.glob("brueckenschlag-*.tar.gz"))
    assert file.stat().st_mode & 0o077 == 0, "only its owner may read it"

    wipe(settings)
    assert not User.objects.exists()
    assert not any(path.is_file() for path in settings.MEDIA_ROOT.rglob("*"))
    call_command("restore", file, verbosity=0)

    assert contents(folder) == before
    assert Path(default_storage.path("bilder/ä b.webp")).read_bytes() == b"\x00bild"
    connection.check_constraints()
    new = Company.objects.create(name="Danach", name_sort="danach", slug="danach", caring_agency=Agency.objects.first())
    assert new.pk > max(Company.objects.exclude(pk=new.pk).values_list("pk", flat=True)), "counting goes on"


def test_a_database_with_people_is_replaced_only_on_request(folder: Path, cast: Any) -> None:
    call_command("backup", folder / "a.tar.gz")
    User.objects.filter(pk=cast.new.pk).update(name="Später geändert")
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", folder / "a.tar.gz")
    call_command("restore", folder / "a.tar.gz", replace=True)
    assert User.objects.get(pk=cast.new.pk).name == cast.new.name


def test_an_existing_file_is_never_overwritten(folder: Path, cast: Any) -> None:
    (folder / "a.tar.gz").write_text("wertvoll")
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", folder / "a.tar.gz")


def test_only_the_newest_backups_of_a_folder_stay(folder: Path, cast: Any) -> None:
    for day in ("20260101", "20260102", "20260103"):
        (folder / f"brueckenschlag-{day}T000000Z.tar.gz").touch()
    (folder / "anderes.tar.gz").touch()
    call_command("backup", folder, keep=2, verbosity=0)
    names = sorted(path.name for path in folder.iterdir())
    assert names[:2] == ["anderes.tar.gz", "brueckenschlag-20260103T000000Z.tar.gz"]
    assert len(names) == 3


def test_a_damaged_backup_changes_nothing(folder: Path, cast: Any) -> None:
    file = folder / "a.tar.gz"
    backups.write(file)
    whole = file.read_bytes()
    people = User.objects.count()
    for bad in (b"", b"kein Archiv", whole[: len(whole) // 2]):
        file.write_bytes(bad)
        with pytest.raises(BackupError):
            backups.restore(file, replace=True)
    assert User.objects.count() == people


def altered(file: Path, folder: Path, part: str, change: Any) -> None:
    """The same archive with one part changed, checksums as they were."""
    with tarfile.open(file) as archive:
        archive.extractall(folder, filter="data")
    path = folder / part
    path.write_bytes(change(path.read_bytes()))
    with tarfile.open(file, "w:gz") as archive:
        for one in folder.iterdir():
            archive.add(one, arcname=one.name)


def test_a_changed_row_is_noticed(folder: Path, cast: Any, tmp_path: Path) -> None:
    file = folder / "a.tar.gz"
    backups.write(file)
    altered(file, tmp_path / "x", "tables/accounts_user", lambda rows: rows.replace(b"owner@", b"Owner@"))
    with pytest.raises(BackupError, match="accounts_user"):
        backups.restore(file, replace=True)


@pytest.mark.parametrize(("facts", "reason"), [({"migrations": []}, "Another version"), ({"format": 99}, "Format 99")])
def test_a_backup_of_another_version_is_refused(
    folder: Path, cast: Any, tmp_path: Path, facts: dict[str, Any], reason: str
) -> None:
    file = folder / "a.tar.gz"
    backups.write(file)
    altered(file, tmp_path / "x", "manifest.json", lambda text: json.dumps({**json.loads(text), **facts}).encode())
    with pytest.raises(BackupError, match=reason):
        backups.restore(file, replace=True)


def test_a_restore_that_breaks_off_leaves_everything(folder: Path, cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "a.tar.gz"
    backups.write(file)
    Company.objects.filter(pk=cast.company.pk).update(name="Neuer Stand")

    def broken() -> None:
        raise BackupError("Strom weg")

    monkeypatch.setattr(backups, "_go_on_counting", broken)
    with pytest.raises(BackupError, match="Strom weg"):
        backups.restore(file, replace=True)
    assert Company.objects.get(pk=cast.company.pk).name == "Neuer Stand"
