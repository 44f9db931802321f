"""What became of a document, in words for both faces."""

from __future__ import annotations

from datetime import date
from typing import Final

from spr_desktop.casework.register import RegisterLine, Sent
from spr_desktop.casework.words import day_text, short_day

ASK: Final = "nothing heard since"


def standing(line: RegisterLine, today: date) -> str:
    """How it stands, short enough for a column."""
    match line.state(today):
        case "withdrawn":
            return f"Withdrawn {short_day(line.revoked.on)}" if line.revoked else "Withdrawn"
        case "replaced":
            was = f"Sent {short_day(line.sent[-1].on)}" if line.sent else "Not sent"
            return f"{was}; replaced"
        case "acknowledged":
            told = [each.receipt for each in line.sent if each.receipt][-1]
            return f"Acknowledged {short_day(told.on)}" if told.on else "Acknowledged"
        case "unanswered":
            return f"Sent {short_day(line.sent[-1].on)}; {ASK}"
        case "sent":
            return f"Sent {short_day(line.sent[-1].on)}"
    return "Not sent"


def history(line: RegisterLine) -> list[str]:
    """Everything that became of it, one sentence each; nothing where it was only made."""
    said = [each for sent in line.sent for each in _of_sending(sent)]
    if line.is_replaced:
        said.append(f"Version {line.versions} has taken its place.")
    if line.revoked:
        reason = f": {line.revoked.reason}" if line.revoked.reason else "."
        said.append(f"Withdrawn on {day_text(line.revoked.on)}{reason}")
    return said


def _of_sending(sent: Sent) -> list[str]:
    by = f" by {sent.by}" if sent.by else ""
    said = [
        f"Sent on {day_text(sent.on)}{by} to {sent.to or 'nobody named'}. "
        f"The passphrase was told {sent.password_channel or 'in a way that nobody recorded'}."
    ]
    if sent.receipt:
        on = f" on {day_text(sent.receipt.on)}" if sent.receipt.on else ""
        how = f": {sent.receipt.how.rstrip('.')}." if sent.receipt.how else "."
        said.append(f"Acknowledged{on}{how}")
    return said
