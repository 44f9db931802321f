"""Where a vault must not lie, and where its person should know what that means."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from spr_desktop.vault import places
from spr_desktop.vault.errors import (
    DiskFull,
    MachineFault,
    NetworkPlace,
    PlaceGone,
    ReadOnlyPlace,
    ReplacedVault,
)
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.places import Lies, where_lies
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.restoring import restore
from spr_desktop.vault.vault import Vault
from tests.vault.samples import ONE_CASE, PASSPHRASE, Made, contents, finished, note, summary

NOT_ROOT = """
import os, sys
from pathlib import Path
from spr_desktop.vault.errors import VaultError
from spr_desktop.vault.vault import Vault
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    Vault.open(Path(sys.argv[1]), sys.argv[2]).close()
    print("opened")
except VaultError as error:
    print(type(error).__name__)
"""
_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads the mounts of Linux")


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the system says is mounted; the test writes it."""
    file = tmp_path / "mounts"
    file.write_text("/dev/sda1 / ext4 rw 0 0\n")
    monkeypatch.setattr(places, "_MOUNTS", file)
    return file


def mount(mounts: Path, place: Path, kind: str) -> None:
    escaped = str(place).replace("\\", r"\134").replace(" ", r"\040")
    with mounts.open("a") as file:
        file.write(f"somewhere {escaped} {kind} rw,relatime 0 0\n")


# The network


@_LINUX
@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "davfs"]
)
def test_a_network_drive_is_known_by_its_file_system(mounts: Path, tmp_path: Path, kind: str) -> None:
    drive = tmp_path / "a drive \\ of the office"
    mount(mounts, drive, kind)
    assert where_lies(drive / "not there" / "vault")[0] is Lies.NETWORK
    assert where_lies(tmp_path / "a drive")[0] is not Lies.NETWORK


@_LINUX
@pytest.mark.parametrize("kind", ["ext4", "btrfs", "vfat", "exfat", "fuseblk", "fuse.gocryptfs", "tmpfs", "overlay"])
def test_a_disk_of_this_computer_is_none(mounts: Path, tmp_path: Path, kind: str) -> None:
    mount(mounts, tmp_path, "nfs4")
    mount(mounts, tmp_path / "own", kind)
    assert where_lies(tmp_path / "own" / "vault")[0] is not Lies.NETWORK
    mount(mounts, tmp_path / "own", "cifs")
    assert where_lies(tmp_path / "own" / "vault")[0] is Lies.NETWORK, "what was mounted over it last counts"


@_LINUX
def test_a_link_to_a_network_drive_is_one(mounts: Path, tmp_path: Path) -> None:
    (tmp_path / "drive").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "drive")
    mount(mounts, tmp_path / "drive", "nfs4")
    assert where_lies(tmp_path / "link" / "vault")[0] is Lies.NETWORK


@pytest.mark.parametrize("name", [r"\\server\share\vault", r"\\?\UNC\server\share", r"\\10.0.0.1\d$\vault"])
def test_a_name_of_a_server_is_a_network_drive(name: str) -> None:
    assert places._UNC.match(name)


@pytest.mark.parametrize("name", [r"C:\Users\j\vault", r"\\?\C:\Users\j\vault", r"\\.\C:", "/home/j/vault"])
def test_a_name_on_this_computer_is_none(name: str) -> None:
    assert not places._UNC.match(name)


@_LINUX
def test_no_vault_is_made_opened_or_restored_on_a_network_drive(made: Made, mounts: Path, tmp_path: Path) -> None:
    with made.opened() as vault:
        backup = vault.back_up(tmp_path / "backups").path
    mount(mounts, tmp_path / "drive", "cifs")
    (tmp_path / "drive").mkdir()
    with pytest.raises(NetworkPlace):
        Vault.create(tmp_path / "drive" / "vault", PASSPHRASE, cost=LEAST_COST)
    with pytest.raises(NetworkPlace):
        restore(backup, tmp_path / "drive" / "vault", Passphrase(PASSPHRASE))
    assert not list((tmp_path / "drive").iterdir())
    mount(mounts, made.folder, "nfs4")
    before = contents(made.folder)
    with pytest.raises(NetworkPlace):
        Vault.open(made.folder, PASSPHRASE)
    with pytest.raises(NetworkPlace):
        Vault.recover(made.folder, made.recovery_key, "beside the new plum tree")
    assert contents(made.folder) == before


@_LINUX
def test_backups_may_go_to_the_network(made: Made, mounts: Path, tmp_path: Path) -> None:
    mount(mounts, tmp_path / "drive", "cifs")
    with made.opened() as vault:
        backup = vault.back_up(tmp_path / "drive").path
    restore(backup, tmp_path / "here", RecoveryKey.read(made.recovery_key))


# Folders that are copied, and sticks


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Hampshire Example", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Example Team)", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("GoogleDrive-somebody@example.org", "Google Drive"),
        ("iCloudDrive", "iCloud"),
        ("Mobile Documents", "iCloud"),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_a_folder_of_a_service_is_known_by_its_name(tmp_path: Path, folder: str, service: str) -> None:
    assert where_lies(tmp_path / folder / "work" / "vault") == (Lies.SYNCED, service)


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".dropbox.cache", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        ("._sync_5f3a1b.db", "Nextcloud"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".stfolder", "Syncthing"),
    ],
)
def test_a_folder_of_a_service_is_known_by_its_marks(tmp_path: Path, mark: str, service: str) -> None:
    (tmp_path / "files" / "work").mkdir(parents=True)
    (tmp_path / "files" / mark).touch()
    assert where_lies(tmp_path / "files" / "work" / "vault") == (Lies.SYNCED, service)
    assert where_lies(tmp_path / "other" / "vault")[0] is not Lies.SYNCED


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_a_folder_of_onedrive_is_known_by_the_environment(tmp_path: Path, name: str) -> None:
    environment = {name: str(tmp_path / "Documents")}
    assert where_lies(tmp_path / "Documents" / "vault", environment) == (Lies.SYNCED, "OneDrive")
    assert where_lies(tmp_path / "vault", environment | {"OneDrive": ""})[0] is not Lies.SYNCED


@pytest.mark.parametrize("name", ["My one drive at home", "dropboxes", "boxes", "drive"])
def test_a_folder_that_is_only_called_alike_is_none(tmp_path: Path, name: str) -> None:
    assert where_lies(tmp_path / name / "vault")[0] is not Lies.SYNCED


@_LINUX
@pytest.mark.parametrize("how", ["by USB", "says so", "encrypted, by USB", "not"])
def test_a_stick_is_known_by_its_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    device = tmp_path.stat().st_dev
    blocks = tmp_path / "dev"
    disk = tmp_path / "devices" / ("usb1" if "USB" in how else "pci") / "sdx"
    (disk / "sdx1").mkdir(parents=True)
    (disk / "removable").write_text("1\n" if how == "says so" else "0\n")
    blocks.mkdir()
    if how.startswith("encrypted"):
        (tmp_path / "devices" / "virtual" / "dm-0" / "slaves").mkdir(parents=True)
        (tmp_path / "devices" / "virtual" / "dm-0" / "slaves" / "sdx1").symlink_to(disk / "sdx1")
        there = tmp_path / "devices" / "virtual" / "dm-0"
    else:
        there = disk / "sdx1"
    (blocks / f"{os.major(device)}:{os.minor(device)}").symlink_to(there)
    monkeypatch.setattr(places, "_BLOCK_DEVICES", blocks)
    expected = Lies.HERE if how == "not" else Lies.REMOVABLE
    assert where_lies(tmp_path / "not there" / "vault") == (expected, "")


# Places that take nothing


def opened_by_somebody_else(made: Made) -> str:
    for each in made.folder.rglob("*"):
        each.chmod(0o444)
    made.folder.chmod(0o555)
    above = made.folder
    while above.parent != above and str(above).startswith("/tmp/"):
        if above != made.folder:
            above.chmod(above.stat().st_mode | 0o055)
        above = above.parent
    try:
        ended = finished(NOT_ROOT, made.folder, PASSPHRASE)
    finally:
        made.folder.chmod(0o755)
    return ended.stdout + ended.stderr[-300:]


@pytest.mark.skipif(os.name == "nt", reason="folders there are not written to by leave of their mode")
def test_a_folder_that_nobody_may_write_to_is_explained(made: Made) -> None:
    before = contents(made.folder)
    assert opened_by_somebody_else(made) == "ReadOnlyPlace\n"
    assert contents(made.folder) == before


def test_a_medium_that_is_write_protected_is_explained(made: Made, tmp_path: Path) -> None:
    """A real one where this process may mount; elsewhere the next nearest thing is tested above."""
    place = tmp_path / "medium"
    place.mkdir()
    bound = subprocess.run(["mount", "--bind", made.folder, place], capture_output=True, check=False)
    if bound.returncode:
        pytest.skip("this process may not mount")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", place], capture_output=True, check=True)
        before = contents(place)
        with pytest.raises(ReadOnlyPlace):
            Vault.open(place, PASSPHRASE)
        with pytest.raises(ReadOnlyPlace):
            Vault.create(place / "new", PASSPHRASE, cost=LEAST_COST)
        assert contents(place) == before
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_stick_that_is_pulled_out_is_noticed_and_the_vault_closes(made: Made, tmp_path: Path) -> None:
    """A real one where this process may mount; elsewhere a folder that is renamed comes nearest."""
    place = tmp_path / "stick"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "stick", place], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("this process may not mount")
    try:
        shutil.copytree(made.folder, place / "vault")
        vault = Vault(place / "vault", made.unlocked(), None)
        vault.log("looked")
        subprocess.run(["umount", "-l", place], check=True)
        with pytest.raises(PlaceGone):
            vault.log("looked")
        with pytest.raises(PlaceGone):
            vault.reopen()
        vault.close()
        assert not list(place.iterdir()), "nothing is written to the empty folder that a stick leaves behind"
    finally:
        subprocess.run(["umount", place], capture_output=True, check=False)


def test_a_full_disk_is_called_so(made: Made, tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "small", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this process may not mount")
    try:
        shutil.copytree(made.folder, place / "vault")
        with Vault(place / "vault", made.unlocked(), None) as vault:
            many = [note(ONE_CASE, number, "x" * 50_000) for number in range(100, 200)]
            with pytest.raises(DiskFull):
                vault.append(ONE_CASE, many, summary(ONE_CASE))
            vault.set_setting("large", "x" * 700_000)
            with pytest.raises(DiskFull):
                vault.back_up(place / "backups")
            assert not (place / "backups").exists()
            vault.verify()
    finally:
        subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("becomes", ["removed", "another file"])
def test_a_file_that_goes_while_it_is_open_takes_nothing_more(made: Made, tmp_path: Path, becomes: str) -> None:
    with made.opened() as vault:
        copied = made.database.read_bytes()
        made.database.unlink()
        if becomes == "another file":
            (tmp_path / "kept").write_bytes(b"")  # so that the number of the old one is not given again
            made.database.write_bytes(copied)
        with pytest.raises((PlaceGone, ReplacedVault)) as refused:
            vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE))
        assert isinstance(refused.value, PlaceGone if becomes == "removed" else ReplacedVault)
        assert vault.records(ONE_CASE), "what was read before can still be read"
        assert becomes == "removed" or made.database.read_bytes() == copied


def test_kinds_of_the_machines_faults_are_faults_of_the_machine() -> None:
    """Who handles the family handles each of them."""
    assert all(issubclass(each, MachineFault) for each in (DiskFull, NetworkPlace, PlaceGone, ReadOnlyPlace))
