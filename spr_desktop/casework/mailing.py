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
from spr_desktop.casework.errors import DocumentWithdrawn, FileChanged
from spr_desktop.casework.files import read_file, write_file
from spr_desktop.casework.making import FILE_OF, done_with, file_name
from spr_desktop.casework.sending import line_of

_TEXT: Final = (
    "The attached document is encrypted and sealed.\n\n"
    "I will tell you its passphrase by telephone, on a number that I know. Please do not ask for it by email.\n\n"
    "If you did not expect this, or its reader shows no signature, do not rely on it and ring me on my work number.\n"
)


def draft_message(
    caseload: Caseload,
    document_id: str,
    to: Path,
    *,
    version: int | None = None,
    file: Path | None = None,
    replace: bool = False,
) -> None:
    """Write the draft for a document of the register, in its newest version unless another is named.

    ``file`` says where it is now, if it was moved. Raises NoSuchDocument, DocumentWithdrawn, FileChanged where the file
    is not the one that was registered, FileExists and FileFault.
    """
    line = line_of(caseload, document_id, version)
    if line.revoked:
        raise DocumentWithdrawn(line.revoked.on)
    called = file_name(document_id, line.version)
    file = file or Path(caseload.vault.setting(f"{FILE_OF}{called}") or f"{called}.pdf")
    data = read_file(file)
    if hashlib.sha256(data).hexdigest() != line.sha256:
        raise FileChanged(file)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = document_id
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    message.set_content(_TEXT)
    message.add_attachment(data, maintype="application", subtype="pdf", filename=f"{called}.pdf")
    write_file(to, bytes(message), replace=replace)
    caseload.vault.log(done_with(line.document, "drafted"), line.case_ref, called)
