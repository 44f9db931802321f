"""A backup before the form of a vault is changed, so that whatever goes wrong with an upgrade can be gone back from."""

from __future__ import annotations

from pathlib import Path

from spr_desktop.records.record import now
from spr_desktop.vault.backups import BACKUPS_FOLDER, make_backup
from spr_desktop.vault.errors import BadBackup, DamagedVault, MachineFault, NoBackupBeforeUpgrade
from spr_desktop.vault.keys import DataKey
from spr_desktop.vault.slot_format import SlotFile
from spr_desktop.vault.store import Store


def back_up_before_upgrade(store: Store, slot_file: SlotFile, data_key: DataKey, folder: Path) -> None:
    """Make a backup among a vault's own, read again and found whole, if it is of an earlier version.

    Raises NoBackupBeforeUpgrade where there is no room or no permission for it, and DamagedVault where what is there
    cannot be copied whole; the vault is then as it was.
    """
    if not store.needs_upgrade:
        return
    try:
        make_backup(store, slot_file, data_key, folder / BACKUPS_FOLDER, now())
    except BadBackup as damage:
        raise DamagedVault(str(damage)) from damage
    except MachineFault as fault:
        raise NoBackupBeforeUpgrade(str(fault)) from fault
