"""The recovery sheet: the one thing on paper that opens a vault whose passphrase is forgotten."""

from __future__ import annotations

from pathlib import Path

from spr_desktop.casework.files import write_file


def save_recovery_sheet(recovery_key: str, to: Path, *, replace: bool = True) -> None:
    """Write the sheet as a PDF to print; it is not encrypted. Raises FileExists, FileFault."""
    from spr_desktop.documents.recovery_sheet import recovery_sheet

    write_file(to, recovery_sheet(recovery_key), replace=replace)
