"""Packs that went out before something changed, and the notice that withdraws them: one step away."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from spr_desktop.casework.gone_out import gone_out
from spr_desktop.pathway.result import Decision
from spr_desktop.records.case import Case
from ui.desk import Desk
from ui.due_ways import notice_about
from ui.parts import button, card, label, row

_NEWER_MADE: Final = "A newer version was made since. Record that it was sent, or withdraw all of it."


def what_went_out(desk: Desk, case: Case, decision: Decision) -> list[QWidget]:
    """A card that lists every pack and who has it, until the notice was made; nothing where nothing changed."""
    found = gone_out(case, decision)
    if not found:
        return []
    many = "1 pack" if len(found.packs) == 1 else f"{len(found.packs)} packs"
    go = notice_about(case.case_ref)
    return [
        card(
            label(f"{many} went out, and since then {' and '.join(found.why)}.", "label"),
            label(f"{', '.join(found.packs)}, for {'; '.join(found.recipients)}."),
            *([label(_NEWER_MADE)] if found.newer else []),
            label("The notice tells them no more than the references.", "quiet"),
            row(button("Make the withdrawal notice", lambda: desk.go(go))),
            role="notice",
        )
    ]
