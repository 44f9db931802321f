"""Settings: whose vault it is, its passphrase and recovery sheet, how the program looks, and practice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.casework.preferences import HIDE_KEYS, IDLE_MINUTES, TEXT_SCALES
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.fields import ChoiceField, LineField, ListField, TicksField
from ui.parts import button, card, column, label, lead_to, row, scrolling, show_at_top
from ui.places.backup_card import BackupCard
from ui.places.hand_overs import save_key_file
from ui.places.key_notice import KEYS, StrangeKeys
from ui.places.organisation_card import OrganisationCard
from ui.places.own_secrets import ChangePassphrase, ProveSheet
from ui.places.sealing_card import SealingCard
from ui.practice import begin_practice_afresh, is_practice, practise
from ui.theme import AROUND, BETWEEN, GAP
from ui.where import Where
from ui.wrapping import wrapping

_APPEARANCES: Final = (
    ("system", "As the system has it"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("high_contrast", "High contrast"),
)
_GROUPS: Final = {
    "you": "About you",
    "looks": "Looks",
    KEYS: "Locking and keys",
    "vault": "The vault and its backups",
    "colleagues": "Colleagues",
    "keeping": "Keeping and disposal",
    "practice": "Practice",
}
"""The parts of the page, in their order."""


class Settings(Place):
    """Everything takes effect at once, or with the one button of its card."""

    title = "Settings"
    guidance = "settings"

    def __init__(self, desk: Desk, at: str = "") -> None:
        """``at`` is the group that one came for."""
        super().__init__()
        self._desk = desk
        self._at = at
        self._ways: dict[str, QPushButton] = {}
        self._groups: dict[str, QWidget] = {}
        self._is_practice = is_practice(desk)
        who = desk.caseload.practitioner
        self._who = {
            "name": LineField("name", "Your name", "It stands under what you record, and on packs"),
            "role": LineField("role", "Your role (optional)", "For example: outreach worker"),
            "organisation": LineField("organisation", "Your organisation (optional)"),
            "phone": LineField("phone", "Your work telephone (optional)"),
            "email": LineField("email", "Your work e-mail (optional)"),
        }
        for name, field in self._who.items():
            field.restore(getattr(who, name))
        self._build()

    def _build(self) -> None:
        cards = self._cards()
        parts: list[QWidget] = []
        for name, words in _GROUPS.items():
            found = cards.get(name)
            if not found:
                continue
            self._ways[name] = button(words, partial(self._lead_to, name), "link", name=f"{words}: further down")
            self._groups[name] = column(label(words, "part"), *found, gap=GAP + 2)
            parts.append(self._groups[name])
        content = column(label("Settings", "title"), wrapping(*self._ways.values()), *parts, gap=AROUND)
        inside = content.layout()
        assert inside is not None
        inside.setContentsMargins(AROUND, GAP, AROUND, BETWEEN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content))

    def _cards(self) -> dict[str, list[QWidget]]:
        """The cards of each group; what opens the vault is not for practice."""
        shared: dict[str, list[QWidget]] = {"you": [self._details()], "looks": [self._appearance()]}
        if self._is_practice:
            return shared | {KEYS: [self._locking()], "vault": [self._place()], "practice": [self._practising()]}
        keys: list[QWidget] = [
            self._locking(),
            StrangeKeys(self._desk),
            ChangePassphrase(self._desk, self),
            ProveSheet(self._desk),
            OrganisationCard(self._desk, self),
        ]
        return shared | {
            KEYS: keys,
            "vault": [BackupCard(self._desk, self._desk.backing_up), self._trust(), self._place()],
            "colleagues": [self._handing_over(), SealingCard(self._desk)],
            "keeping": [self._keeping()],
            "practice": [self._practice()],
        }

    def _lead_to(self, name: str) -> None:
        """To the first thing of a group, with its heading at the top."""
        group = self._groups[name]
        first = next(each for each in _in_tab_order(group) if each.isVisibleTo(group))
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, group, partial(show_at_top, group))

    def focus_first(self) -> None:
        if self._at in self._groups:
            self._lead_to(self._at)
        else:
            self._ways["you"].setFocus()

    def drafts(self) -> dict[str, dict[str, Any]]:
        """Nothing: a passphrase is never kept, and details are saved by their button."""
        return {}

    # Your details

    def _details(self) -> QFrame:
        save = button("Save my details", self._save_details)
        return card(
            *self._who.values(),
            label("A key that seals packs keeps the name that it was made with.", "quiet"),
            row(save),
        )

    def _save_details(self) -> None:
        typed = {name: field.value() or "" for name, field in self._who.items()}
        name = self._who["name"]
        name.show_error("" if typed["name"] else "Enter your name, as it is to stand under what you record.")
        if not typed["name"]:
            lead_to(name.first_widget(), name)
            return
        self._desk.caseload.set_practitioner(Practitioner(**typed))
        self._desk.say("Saved. Your details stand under everything you record from now on.")

    # How it looks, and when it locks

    def _appearance(self) -> QFrame:
        preferences = self._desk.preferences
        look = ChoiceField("appearance", "Appearance", _APPEARANCES)
        look.restore(preferences.appearance)
        look.changed.connect(lambda: self._prefer(appearance=look.value()))
        sizes = [(str(each), _size_in_words(each)) for each in TEXT_SCALES]
        size = ChoiceField("text_scale", "Size of text", sizes, "The program is as large as the system's text at least")
        size.restore(str(preferences.text_scale))
        size.changed.connect(lambda: self._prefer(text_scale=float(size.value() or 1)))
        return card(look, size)

    def _locking(self) -> QFrame:
        preferences = self._desk.preferences
        minutes = ChoiceField(
            "idle_minutes",
            "Lock after",
            [(str(each), f"{each} minutes without a key or a click") for each in IDLE_MINUTES],
            "It also locks when the laptop sleeps. Choose less where others come and go",
        )
        minutes.restore(str(preferences.idle_minutes))
        minutes.changed.connect(lambda: self._prefer(idle_minutes=int(minutes.value() or preferences.idle_minutes)))
        names = TicksField("names_hidden", "Names", [("hidden", "Hide names at first, show references only")])
        names.restore(["hidden"] if preferences.names_hidden else [])
        names.changed.connect(lambda: self._prefer(names_hidden=bool(names.value())))
        hide = ListField("hide_key", "The key that hides everything", [(each, each) for each in HIDE_KEYS])
        hide.restore(preferences.hide_key)
        hide.changed.connect(lambda: self._prefer(hide_key=hide.value() or preferences.hide_key))
        return card(label("When others are near", "heading"), minutes, hide, names)

    def _prefer(self, **changed: Any) -> None:
        preferences = replace(self._desk.preferences, **changed)
        if preferences == self._desk.preferences:
            return
        try:
            self._desk.prefer(preferences)
        except OSError as error:
            self._desk.say(f"It is so for now, but could not be kept for the next time. {sentence(error)}")
        else:
            self._desk.say("Saved.")

    # The key, the vault, practice

    def _handing_over(self) -> QFrame:
        return card(
            label("Handing families over", "heading"),
            label("Give colleagues your key file, and they can hand families over to you. It opens nothing."),
            row(
                button("Save my key file", lambda: save_key_file(self._desk, self)),
                button("Handed over and received", lambda: self._desk.go(Where("hand_overs"))),
            ),
        )

    def _trust(self) -> QFrame:
        from ui.places.prove import prove_buttons

        return card(
            label("Encrypted and whole", "heading"),
            label(
                "Have every page and every record of the vault checked, with a page to print for whoever answers for "
                "data; and see who opened, changed and gave out what."
            ),
            prove_buttons(self._desk),
        )

    def _place(self) -> QFrame:
        folder = label(str(self._desk.caseload.vault.folder))
        folder.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        folder.setAccessibleName("Folder of the vault")
        return card(
            label("Where the vault is", "heading"),
            folder,
            label("Everything in it is encrypted. Nobody reads it without the passphrase or the recovery sheet."),
        )

    def _keeping(self) -> QFrame:
        return card(
            label(
                "How long families are kept is your organisation's rule. Nothing is ever disposed of by itself: you "
                "look at what is past its time, and decide."
            ),
            row(button("See the rule, and what is past its time", lambda: self._desk.go(Where("keeping")))),
        )

    def _practice(self) -> QFrame:
        return card(
            label(
                "Try everything with invented families. They are kept apart, in a vault of their own, and nothing of "
                "them reaches your own families."
            ),
            wrapping(
                button("Practise with an invented family", lambda: practise(self._desk)),
                button("Throw away what I practised", self._throw_away_practice),
            ),
        )

    def _throw_away_practice(self) -> None:
        try:
            begin_practice_afresh(self._desk)
        except OSError as error:
            self._desk.say(sentence(error))
        else:
            self._desk.say("Thrown away. The next time you practise, you begin afresh.")

    def _practising(self) -> QFrame:
        return card(
            label("You are practising", "heading"),
            label("Your passphrase, your recovery sheet and your key are in the settings of your own vault."),
            row(button("Back to my own families", self._desk.leave_practice)),
        )


def _in_tab_order(group: QWidget) -> Iterator[QWidget]:
    """What Tab reaches in a group."""
    each = group.nextInFocusChain()
    while each is not None and each is not group:
        if group.isAncestorOf(each) and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield each
        each = each.nextInFocusChain()


def _size_in_words(scale: float) -> str:
    return "As it is" if scale == 1 else f"{round(scale * 100)} %"
