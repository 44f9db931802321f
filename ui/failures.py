"""What the window says when something did not work: what happened, that nothing was lost, what to do."""

from __future__ import annotations

from spr_desktop.casework.failures import Family, family_of

NETWORK = (
    "This folder is on a network drive, where a vault would break. Nothing was made or changed. Keep the vault on "
    "this computer; if it is there already, copy its whole folder here. Backups may go to the network."
)
_SENTENCES = {
    Family.WRONG_SECRET: "That is not the passphrase or recovery key of this vault. Check Caps Lock and try again.",
    Family.DAMAGED: "This vault is damaged. Nothing was changed. Restore it from a backup.",
    Family.REPLACED: (
        "Another file took the place of this vault while it was open. Nothing was written to it. "
        "Lock, and look which of the two is the right one."
    ),
    Family.OLDER: "This copy of the vault is older than this computer last saw.",
    Family.BAD_BACKUP: "The backup is not whole. Nothing was changed. Use another one, or make one in another place.",
    Family.NOT_A_VAULT: "There is no vault in this folder. Nothing was changed. Choose another folder.",
    Family.NOT_ENCRYPTED: "Another library would write without encryption. Nothing was read or written.",
    Family.IN_USE: "Another copy of the program has this vault open. Close it there and try again.",
    Family.NEWER: "A newer version of the program made this. Update this one; nothing was changed.",
    Family.EXISTS: "There is something there already, and it was left as it is. Choose another name.",
    Family.NETWORK: NETWORK,
    Family.READ_ONLY: (
        "Nothing can be written in that place: it is write-protected, or a permission is missing. Nothing was changed. "
        "Copy the whole folder to another place and open it there, or restore a backup to one."
    ),
    Family.GONE: (
        "The place of the vault has gone. What was saved before is on it, and what you typed stays on the screen. "
        "Plug the stick in again, and it is kept by itself."
    ),
    Family.FULL: (
        "The disk is full. What was saved before is still there, and what you typed stays on the screen. "
        "Make room, then try again."
    ),
    Family.NO_BACKUP: (
        "An earlier version of the program made this vault. Before it is brought up to date, a backup is made, and "
        "there is no room or no permission for it. Nothing was changed. Make room, then try again."
    ),
    Family.MACHINE: "The disk or a permission stood in the way. What was saved before is still there.",
    Family.WEAK: "This passphrase will not do.",
    Family.ORGANISATION_FILE: "This file was not taken. Nothing was changed.",
    Family.NO_CASE: "There is no such family in this vault any more. Everything else is as it was.",
    Family.NO_PERSON: "This person is not on record in this family any more. Everything else is as it was.",
    Family.NO_DOCUMENT: "The register holds no document with this reference.",
    Family.NOT_MADE: "The document was not made.",
    Family.SPOILT: (
        "The sealed file could not be read back as it was made, so it was thrown away. Nothing was registered. "
        "Try again; if it happens twice, tell whoever looks after this program."
    ),
    Family.REFUSED: "The pathway does not allow a pack yet. The family's page says what stands in the way.",
    Family.KEPT: "Not every family may be disposed of. Nothing was removed.",
    Family.DISPOSED: "A family was disposed of, and a copy is not taken back. If it has come back, begin a new one.",
    Family.LEAK: "The document was not made: it would have held something confidential.",
    Family.CARD: "The card with the key did not seal. Nothing was changed, and nothing is lost.",
    Family.NOT_VALID: "That is not of the form the program reads. Nothing was taken.",
    Family.OURS: "Something went wrong in the program. Nothing was lost; please try again.",
}


def sentence(error: Exception) -> str:
    """One sentence for a failure; it names nobody."""
    family, detail = family_of(error)
    return f"{_SENTENCES[family]} {detail}".rstrip()
