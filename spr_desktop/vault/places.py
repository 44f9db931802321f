"""Where a folder lies: on a disk of this computer, on the network, in a folder that is copied elsewhere, or on a stick.

A write-ahead log breaks on a network drive, because its computers do not see each other's locks (SQLite says so of its
own); so no vault is made or opened there. A folder that a service copies to other computers can come back in halves or
in two versions: that is said, and is the person's to decide. A stick is fine and gets lost, which is said too.

What is told from names and marks can be told wrongly, and what is not on the lists here is not known.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Final

from spr_desktop.vault.errors import NetworkPlace

_MOUNTS: Path = Path("/proc/mounts")
_BLOCK_DEVICES: Path = Path("/sys/dev/block")

_NETWORK_SYSTEMS: Final = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "coda",
        "ceph",
        "lustre",
        "glusterfs",
        "davfs",
        "beegfs",
        "gpfs",
        "pvfs2",
        "ocfs2",
        "gfs2",
    }
)
_LOCAL_FUSE: Final = frozenset(
    {
        "bindfs",
        "cryfs",
        "encfs",
        "exfat",
        "exfat-fuse",
        "fuse-overlayfs",
        "gocryptfs",
        "mergerfs",
        "ntfs-3g",
        "veracrypt",
    }
)
"""File systems in the user's own hands that lie on a local disk; any other of their kind is taken for a remote one."""
_SERVICES: Final = (
    (re.compile(r"onedrive( - .+)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"dropbox( \(.+\))?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"google ?drive|my drive|googledrive-.+|drivefs", re.IGNORECASE), "Google Drive"),
    (re.compile(r"icloud ?drive|mobile documents", re.IGNORECASE), "iCloud"),
    (re.compile(r"nextcloud", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"owncloud", re.IGNORECASE), "ownCloud"),
    (re.compile(r"box( sync)?|box-box", re.IGNORECASE), "Box"),
    (re.compile(r"cloudstorage", re.IGNORECASE), "a cloud service"),
)
"""What a folder above is called where a service keeps it the same on several computers."""
_MARKS: Final = (
    (".dropbox.cache", "Dropbox"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".sync_*.db", "Nextcloud"),
    ("._sync_*.db", "Nextcloud"),
    (".stfolder", "Syncthing"),
)
"""What such a service leaves in the uppermost folder that it copies."""
_NAMED_BY_ENVIRONMENT: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_REMOVABLE_DRIVE, _REMOTE_DRIVE = 2, 4
_UNC: Final = re.compile(r"\\\\(?![?.]\\)|\\\\\?\\UNC\\", re.IGNORECASE)
r"""``\\server\share`` and ``\\?\UNC\server\share``, but not ``\\?\C:``, which is a long name on this computer."""
_OCTAL: Final = re.compile(r"\\([0-7]{3})")


class Lies(Enum):
    """Where a folder lies, as far as that can be told."""

    HERE = "here"
    NETWORK = "network"
    SYNCED = "synced"
    """A service copies it to other computers."""
    REMOVABLE = "removable"
    """A stick, a card or an external disk."""


def where_lies(folder: Path, environment: Mapping[str, str] = os.environ) -> tuple[Lies, str]:
    """Where a folder lies, and by which service it is copied; it need not be there yet."""
    there = _resolved(folder)
    if _is_on_network(folder) or _is_on_network(there):
        return Lies.NETWORK, ""
    service = _service_of(there, environment)
    if service:
        return Lies.SYNCED, service
    return (Lies.REMOVABLE if _is_removable(there) else Lies.HERE), ""


def require_own_disk(folder: Path) -> None:
    """Raises NetworkPlace if a vault in this folder would be on a network drive."""
    if _is_on_network(folder) or _is_on_network(_resolved(folder)):
        raise NetworkPlace("the folder is on a network drive")


def _resolved(folder: Path) -> Path:
    return Path(os.path.realpath(folder))


def _is_on_network(folder: Path) -> bool:
    if _UNC.match(str(folder)):
        return True
    if sys.platform == "win32":
        return _drive_type(folder) == _REMOTE_DRIVE
    return _is_network_system(_file_system_of(folder))


def _is_network_system(name: str) -> bool:
    kind, _, of_fuse = name.partition(".")
    return kind in _NETWORK_SYSTEMS or (kind == "fuse" and of_fuse not in _LOCAL_FUSE)


def _file_system_of(folder: Path) -> str:
    """The kind of file system on which a folder lies or would lie; empty where the system does not say."""
    best, kind = Path(), ""
    with suppress(OSError):
        for line in _MOUNTS.read_text("utf-8", "surrogateescape").splitlines():
            _, point, name, *_ = [*line.split(" "), "", ""]
            mounted = Path(_OCTAL.sub(lambda found: chr(int(found[1], 8)), point))
            # what was mounted later over the same place hides what was there before
            if mounted in (folder, *folder.parents) and len(mounted.parts) >= len(best.parts):
                best, kind = mounted, name
    return kind


def _service_of(folder: Path, environment: Mapping[str, str]) -> str:
    upwards = (folder, *folder.parents)
    named = {_resolved(Path(environment[each])) for each in _NAMED_BY_ENVIRONMENT if environment.get(each)}
    if named & set(upwards):
        return "OneDrive"
    for each in upwards[:-1]:
        for pattern, service in _SERVICES:
            if pattern.fullmatch(each.name):
                return service
        with suppress(OSError):
            for mark, service in _MARKS:
                if next(each.glob(mark), None) is not None:
                    return service
    return ""


def _is_removable(folder: Path) -> bool:
    if sys.platform == "win32":
        return _drive_type(folder) == _REMOVABLE_DRIVE
    with suppress(OSError):
        there = next(each for each in (folder, *folder.parents) if each.exists())
        device = there.stat().st_dev
        for block in _disks_of(_BLOCK_DEVICES / f"{os.major(device)}:{os.minor(device)}"):
            if "usb" in block.as_posix() or _says_removable(block):
                return True
    return False


def _disks_of(block: Path) -> Iterator[Path]:
    """A block device, and those that lie below an encrypted or a joined one."""
    there = block.resolve()
    yield there
    for below in (there / "slaves").glob("*"):
        yield from _disks_of(below)


def _says_removable(block: Path) -> bool:
    for disk in (block, block.parent):  # a partition's disk is the folder above
        with suppress(OSError):
            return (disk / "removable").read_bytes().strip() == b"1"
    return False


def _drive_type(folder: Path) -> int:
    """What Windows says of a drive; 0 elsewhere."""
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(f"{folder.absolute().drive}\\"))
    return 0
