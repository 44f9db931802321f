"""The card of the settings about the key that seals documents: the vault's own, or one that the organisation issued."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from spr_desktop.casework.sealing_key import (
    enclose_lists,
    has_sealing_key,
    key_warning,
    list_words,
    seal_with_card,
    seal_with_issued,
    seal_with_own,
    sealing_key,
)
from spr_desktop.casework.words import day_text
from ui.desk import Desk
from ui.failures import sentence
from ui.file_choice import choose_file
from ui.parts import button, column, label, lead_to, row
from ui.places.own_secrets import SecretCard, prompt_of
from ui.secret_boxes import caps_lock_hint, reveal, secret_box
from ui.wrapping import wrapping

_KINDS = "Keys with certificates (*.p12 *.pfx)"
_LISTS = "Revocation lists (*.crl *.pem)"
_LIBRARIES = "Libraries (*.so *.dll *.dylib)"
_NO_LIST = "No revocation list goes with it. Your organisation can give you the one of the authority that issued it."


class SealingCard(SecretCard):
    """Who seals stands there at once; the fingerprint when it is asked for, since a key is made with the first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._file: Path | None = None
        self._state = label("")
        self._warning = label("", "error")
        self._fingerprint = label("", "secret")
        self._fingerprint.setAccessibleName("Fingerprint of your key")
        self._earlier = label("", "quiet")
        self._ask = button("Show the fingerprint", self._show_fingerprint)
        self._choose = button("Seal with a certificate of your organisation", self._choose_file)
        self._lists = label("", "quiet")
        self._add_list = button("Put in a revocation list", self._choose_list)
        self._choose_card = button("Seal with a key on a card", self._choose_library)
        self._own = button("Seal with the vault's own key", self._back_to_own, "link")
        self._which = label("")
        self._password = secret_box("Password of the file with the key")
        self._password.returnPressed.connect(self._start)
        self._reveal = reveal(self._password)
        self._reveal.setAccessibleName("Show the password of the file with the key")
        self._asked = column(
            self._which,
            prompt_of(self._password),
            self._password,
            caps_lock_hint(self._password),
            self._reveal,
            row(button("Seal with this certificate", self._start), button("Leave the key as it is", self._show)),
        )
        self._library: Path | None = None
        self._which_library = label("")
        self._label = QLineEdit()
        self._label.setAccessibleName("Name of the certificate on the card")
        self._pin = secret_box("PIN of the card")
        self._pin.returnPressed.connect(self._start_with_card)
        self._asked_of_card = column(
            self._which_library,
            prompt_of(self._label),
            self._label,
            prompt_of(self._pin),
            self._pin,
            label("The PIN is used to try the card, and not kept.", "quiet"),
            row(
                button("Seal with this card", self._start_with_card),
                button("Leave the key as it is", self._show, name="Leave the key as it is, without the card"),
            ),
        )
        self._fill(
            [
                label("Key that seals documents", "heading"),
                label(
                    "Who receives a document can ring you and have the fingerprint read out: if it is the one in their "
                    "copy, the seal is yours. A key that your organisation issued (PKCS#12) is shown as trusted where "
                    "its certificate, or your organisation's root, is known."
                ),
                self._state,
                self._lists,
                self._warning,
                wrapping(self._ask, self._choose, self._choose_card, self._add_list, self._own),
                self._fingerprint,
                self._earlier,
                self._error,
                self._asked,
                self._asked_of_card,
            ]
        )
        self._show()

    def _show(self) -> None:
        """As things stand, with nothing asked."""
        caseload = self._desk.caseload
        self._say("")
        self._file = None
        key = sealing_key(caseload) if has_sealing_key(caseload) else None
        warning = key_warning(caseload, date.today())
        self._warning.setText(warning or "")
        self._warning.setVisible(bool(warning))
        self._state.setText("The vault's own key, which is made with the first document.")
        if key:
            whose = "A certificate of your organisation" if key.is_issued else "The vault's own key"
            whose += " on a card, whose PIN is asked for each time" if key.is_on_card else ""
            self._state.setText(f"{whose}: {key.signer}. Its certificate is valid until {day_text(key.expires)}.")
        is_issued = bool(key and key.is_issued)
        self._lists.setText("\n".join(map(list_words, key.lists)) if key and key.lists else _NO_LIST)
        for each in (self._lists, self._add_list, self._own):
            each.setVisible(is_issued)
        self._fingerprint.hide()
        self._earlier.hide()
        self._password.clear()
        self._reveal.setChecked(False)
        self._pin.clear()
        for asked, way in ((self._asked, self._choose), (self._asked_of_card, self._choose_card)):
            had_focus = asked.isAncestorOf(self.focusWidget() or self)
            asked.hide()
            if had_focus:
                way.setFocus()

    def _show_fingerprint(self) -> None:
        key = sealing_key(self._desk.caseload)
        self._show()
        self._fingerprint.setText(key.fingerprint)
        self._fingerprint.show()
        lines = [f"Until {day_text(each.until)}: {each.fingerprint}" for each in key.earlier]
        self._earlier.setText("\n".join(["Keys that sealed documents before:", *lines]))
        self._earlier.setVisible(bool(lines))
        lead_to(self._ask, self._earlier if lines else self._fingerprint)

    def _choose_file(self) -> None:
        file = choose_file(self, "Choose the file with the key", _KINDS)
        if file is not None:
            self.ask_for(file)

    def ask_for(self, file: Path) -> None:
        """Ask for the password of a file."""
        self._show()
        self._file = file
        self._which.setText(file.name)
        self._asked.show()
        lead_to(self._password, self._asked)

    def _start(self) -> None:
        assert self._file is not None
        try:
            seal_with_issued(self._desk.caseload, self._file, self._password.text())
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the file is told, and nothing is changed
            self._refuse(self._password, sentence(error))
            return
        self._show()
        self._desk.say("Documents are sealed with the certificate of your organisation from now on.")

    def _choose_library(self) -> None:
        file = choose_file(self, "Choose the library of the card, as its maker names it (PKCS#11)", _LIBRARIES)
        if file is not None:
            self.ask_for_card(file)

    def ask_for_card(self, library: Path) -> None:
        """Ask for what is on a card, and for its PIN."""
        self._show()
        self._library = library
        self._which_library.setText(library.name)
        self._asked_of_card.show()
        lead_to(self._label, self._asked_of_card)

    def _start_with_card(self) -> None:
        assert self._library is not None
        if not self._label.text().strip() or not self._pin.text():
            self._say("Type the name of the certificate on the card and the PIN. Who issued the card knows the name.")
            lead_to(self._pin if self._label.text().strip() else self._label)
            return
        try:
            seal_with_card(self._desk.caseload, self._library, self._label.text().strip(), self._pin.text())
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the card is told, and nothing is changed
            self._refuse(self._pin, sentence(error))
            return
        self._show()
        self._desk.say("Documents are sealed with the key on the card from now on.")

    def _choose_list(self) -> None:
        file = choose_file(self, "Choose the revocation list", _LISTS)
        if file is None:
            return
        try:
            enclose_lists(self._desk.caseload, [file])
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the file is told, and nothing is changed
            self._show()
            self._say(sentence(error))
            lead_to(self._add_list, self._error)
            return
        self._show()
        self._desk.say("The revocation list is kept, and goes into what is sealed from now on.")

    def _back_to_own(self) -> None:
        seal_with_own(self._desk.caseload)
        self._show()
        self._desk.say("Documents are sealed with the vault's own key from now on.")
