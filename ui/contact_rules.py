"""A way to get in touch, in lines: what must be known before it is used comes before the number."""

from __future__ import annotations

from spr_desktop.casework.words import day_text
from spr_desktop.records.people import ContactPoint
from ui.form_texts import words_for


def contact_lines(point: ContactPoint) -> tuple[list[str], str]:
    """The rules, most important first, and then the value itself."""
    rules = [_SAFE[point.safe]]
    if point.monitored_by_others != "no":
        rules.append("Somebody else may read or hear it." if point.monitored_by_others == "yes" else _NOT_ASKED)
    if point.shared_with_other_parent == "yes":
        rules.append("The other parent uses it too.")
    if point.type in ("mobile", "landline"):
        rules.append("A voicemail may be left." if point.voicemail_ok == "yes" else "No voicemail.")
        if point.type == "mobile":
            rules.append("A text may be sent." if point.text_ok == "yes" else "No texts.")
    if point.unsafe_times:
        rules.append(f"Never: {point.unsafe_times.rstrip('.')}.")
    if point.safe_times:
        rules.append(f"Good times: {point.safe_times.rstrip('.')}.")
    confirmed = day_text(point.confirmed_on)
    rules.append(f"Confirmed with this parent on {confirmed}." if confirmed else "Not confirmed with this parent.")
    return rules, f"{words_for(point.type)}: {point.value}"


_SAFE = {
    "yes": "This parent says it may be used.",
    "no": "Do not use it.",
    "not_known": "Not known whether it may be used: ask first.",
}
_NOT_ASKED = "Not known whether somebody else reads or hears it."
