"""The withdrawal notice: packs that must not be used any more, by their references and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from spr_desktop.documents.contents import Document, Origin
from spr_desktop.documents.errors import NotMade

_HANDLING: Final = "For those who received the packs that are named here."
_NO_PACK: Final = "No referral pack of this case was made, so there is none to withdraw."


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalNotice(Document):
    """That packs are withdrawn; neither whose they were nor why."""

    kind: ClassVar[str] = "withdrawal-notice"
    called: ClassVar[str] = "Withdrawal notice"
    packs: tuple[str, ...]


def withdrawal_notice(packs: Sequence[str], recipients: Sequence[str], origin: Origin) -> WithdrawalNotice:
    """The notice for some packs and those who received them; raises NotMade where there is no pack."""
    if not packs:
        raise NotMade((_NO_PACK,))
    return WithdrawalNotice(**origin, recipients=tuple(recipients), handling=_HANDLING, packs=tuple(packs))
