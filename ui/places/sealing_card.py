"""The card of the settings about the key that seals documents: the vault's own, or one that the organisation issued."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from spr_desktop.casework.sealing_key import (
    enclose_lists,
    has_sealing_key,
    key_warning,
    list_words,
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
                self._error,
                wrapping(self._ask, self._choose, self._add_list, self._own),
                self._fingerprint,
                self._earlier,
                self._asked,
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
            self._state.setText(f"{whose}: {key.signer}. Its certificate is valid until {day_text(key.expires)}.")
        is_issued = bool(key and key.is_issued)
        self._lists.setText("\n".join(map(list_words, key.lists)) if key and key.lists else _NO_LIST)
        for each in (self._lists, self._add_list, self._own):
            each.setVisible(is_issued)
        self._fingerprint.hide()
        self._earlier.hide()
        self._password.clear()
        self._reveal.setChecked(False)
        had_focus = self._asked.isAncestorOf(self.focusWidget() or self)
        self._asked.hide()
        if had_focus:
            self._choose.setFocus()

    def _show_fingerprint(self) -> None:
        key = sealing_key(self._desk.caseload)
        self._show()
        self._fingerprint.setText(key.fingerprint)
        self._fingerprint.show()
        lines = [f"Until {day_text(each.until)}: {each.fingerprint}" for each in key.earlier]
        self._earlier.setText("\n".join(["Keys that sealed documents before:", *lines]))
        self._earlier.setVisible(bool(lines))

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
        self._password.setFocus()

    def _start(self) -> None:
        assert self._file is not None
        try:
            seal_with_issued(self._desk.caseload, self._file, self._password.text())
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the file is told, and nothing is changed
            self._refuse(self._password, sentence(error))
            return
        self._show()
        self._desk.say("Documents are sealed with the certificate of your organisation from now on.")

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
