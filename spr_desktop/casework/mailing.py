"""A draft message with a sealed document attached, for a mail program to open; nothing is sent from here.

The subject is the document's reference and nothing else, and the text names nobody (packs.md section 3, step 7). The
passphrase goes by another way, so it is not in it.
"""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import FileChanged, NoSuchDocument
from spr_desktop.casework.files import read_file, write_file
from spr_desktop.casework.making import FILE_OF
from spr_desktop.casework.register import RegisterLine

_TEXT: Final = (
    "The attached document is encrypted and sealed.\n\n"
    "I will tell you its passphrase by telephone, on a number that I know. Please do not ask for it by email.\n\n"
    "If you did not expect this, or its reader shows no signature, do not rely on it and ring me on my work number.\n"
)


def draft_message(
    caseload: Caseload, document_id: str, to: Path, *, file: Path | None = None, replace: bool = False
) -> None:
    """Write the draft for a document of the register; ``file`` says where it is now, if it was moved.

    Raises NoSuchDocument, FileChanged where the file is not the one that was registered, FileExists and FileFault.
    """
    line = _line(caseload, document_id)
    file = file or Path(caseload.vault.setting(f"{FILE_OF}{document_id}") or f"{document_id}.pdf")
    data = read_file(file)
    if hashlib.sha256(data).hexdigest() != line.sha256:
        raise FileChanged(file)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = document_id
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    message.set_content(_TEXT)
    message.add_attachment(data, maintype="application", subtype="pdf", filename=f"{document_id}.pdf")
    write_file(to, bytes(message), replace=replace)
    caseload.vault.log("message_drafted", line.case_ref, document_id)


def _line(caseload: Caseload, document_id: str) -> RegisterLine:
    for line in caseload.register():
        if line.document_id == document_id:
            return line
    raise NoSuchDocument
