"""What a failure is called on the terminal: one exit code a family, and one sentence that says what to do.

No sentence holds a name, an address or an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spr_desktop.casework import errors
from spr_desktop.casework.failures import Family, family_of
from spr_desktop.records.faults import InvalidDocument

DONE: Final = 0
OURS: Final = 1
WRONG_CALL: Final = 2
REFUSED: Final = 3
WRONG_SECRET: Final = 4
DAMAGED: Final = 5
NOT_VALID: Final = 6
IN_USE: Final = 7
NEWER: Final = 8
MACHINE: Final = 9

_REPORTS: Final[dict[Family, tuple[int, str]]] = {
    Family.WRONG_SECRET: (
        WRONG_SECRET,
        "the passphrase or recovery key is not the right one; nothing was changed, try again.",
    ),
    Family.DAMAGED: (DAMAGED, "the vault is damaged; nothing was changed. Restore it from a backup."),
    Family.REPLACED: (
        DAMAGED,
        "another file took the place of the vault's while it was open, and nothing was written to it. "
        "Look which of the two is the right one, and open it again.",
    ),
    Family.OLDER: (
        DAMAGED,
        "this copy of the vault is older than this computer last saw; nothing was changed. Look for the right one, or "
        "restore a newer backup (spr-desktop restore BACKUP --to VAULT). To go on with this copy knowingly: "
        "spr-desktop accept-older VAULT.",
    ),
    Family.BAD_BACKUP: (
        DAMAGED,
        "the backup is not whole, or not one; nothing was made from it and nothing was changed. "
        "Restore another one, or make one in another place.",
    ),
    Family.NOT_A_VAULT: (DAMAGED, "there is no vault in this folder; nothing was changed. Check the path."),
    Family.NOT_ENCRYPTED: (
        DAMAGED,
        "another SQLite library was loaded first, and would write without encryption; nothing was read or written. "
        "Start the program without LD_PRELOAD.",
    ),
    Family.IN_USE: (
        IN_USE,
        "another copy of the program has this vault open; nothing was changed. Close it and try again.",
    ),
    Family.NEWER: (NEWER, "a newer version of the program made this; nothing was changed. Update this program."),
    Family.EXISTS: (MACHINE, "there is something there already, which was left as it is; choose another name."),
    Family.NETWORK: (
        MACHINE,
        "the folder is on a network drive, where a vault would break; nothing was made or changed. Keep the vault on "
        "this computer (copy its whole folder, if it is there already); backups may go to the network.",
    ),
    Family.READ_ONLY: (
        MACHINE,
        "nothing can be written in that place: it is write-protected, or a permission is missing; nothing was changed. "
        "Copy the vault's whole folder to another place and open it there, or restore a backup to one.",
    ),
    Family.GONE: (
        MACHINE,
        "the vault's file is not there any more; what was saved before is on it. Plug the stick in again, or look "
        "where the folder was moved.",
    ),
    Family.FULL: (
        MACHINE,
        "the disk is full; what was saved before is still there, and nothing new was saved. Make room and try again.",
    ),
    Family.NO_BACKUP: (
        MACHINE,
        "an earlier version of the program made this vault, and there is no room or no permission for the backup that "
        "comes before it is brought up to date; nothing was changed. Make room for another copy of the vault in its "
        "folder and try again.",
    ),
    Family.MACHINE: (
        MACHINE,
        "the disk, a permission or another part of the machine stood in the way; what was saved before is still there.",
    ),
    Family.WEAK: (WRONG_CALL, "this passphrase will not do; nothing was changed."),
    Family.ORGANISATION_FILE: (NOT_VALID, "this file was not taken; nothing was changed."),
    Family.NO_CASE: (WRONG_CALL, "the vault holds no case with this reference; spr-desktop list shows all."),
    Family.NO_PERSON: (WRONG_CALL, "the case knows nobody by this id; spr-desktop check --json shows ids."),
    Family.NO_DOCUMENT: (WRONG_CALL, "the register holds no document with this reference; nothing was written."),
    Family.NOT_MADE: (REFUSED, "the document cannot be made of this case yet; nothing was made."),
    Family.SPOILT: (
        MACHINE,
        "the sealed file could not be read back as it was made, so it was thrown away; nothing was registered. "
        "Try again; if it happens twice, tell whoever looks after this program.",
    ),
    Family.REFUSED: (REFUSED, "the pathway does not allow a pack yet; nothing was made. Its reasons:"),
    Family.KEPT: (REFUSED, "not every case may be disposed of; nothing was removed."),
    Family.DISPOSED: (
        REFUSED,
        "a case was disposed of, and a copy of it is not taken back; nothing was imported. "
        "If the family has come back, open a new case.",
    ),
    Family.LEAK: (REFUSED, "the document would have held something confidential; it was thrown away."),
    Family.CARD: (MACHINE, "the card with the key did not seal; nothing was made or changed, and nothing is lost."),
    Family.NOT_VALID: (NOT_VALID, "the input is not valid; nothing was imported or changed."),
    Family.OURS: (OURS, "something went wrong in the program; nothing was lost. Add --debug to see where."),
}


@dataclass(slots=True)
class Failure(Exception):
    """A failure as the terminal reports it: the exit code, the sentence, and what else is worth listing."""

    code: int
    sentence: str
    details: tuple[str, ...] = ()


def failure_of(error: Exception) -> Failure:
    """How to report an exception."""
    if isinstance(error, Failure):
        return error
    family, detail = family_of(error)
    code, sentence = _REPORTS[family]
    return Failure(code, sentence, (*_listed(error), *([detail] if detail else [])))


def _listed(error: Exception) -> tuple[str, ...]:
    """The reasons or faults that go with a failure."""
    match error:
        case errors.NotReady():
            return tuple(
                f"{each.rule} [{each.subject}] {each.reason} {each.next_step}" for each in error.decision.in_the_way
            )
        case errors.InvalidFiles():
            return tuple(f"{path}: {fault}" for path, faults in error.faults.items() for fault in faults)
        case InvalidDocument():
            return tuple(str(each) for each in error.faults)
    return ()
