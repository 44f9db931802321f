"""The card of the settings about an organisation that can open the vault too: off, unless somebody lets it."""

from __future__ import annotations

from spr_desktop.casework.organisation_key import (
    Certificate,
    let_no_organisation_open,
    let_organisation_open,
    organisation_of,
    read_certificate_file,
)
from spr_desktop.casework.words import day_text
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.file_choice import choose_file
from ui.parts import button, column, label, row
from ui.places.own_secrets import SecretCard, prompt_of
from ui.secret_boxes import caps_lock_hint, reveal, secret_box

_KINDS = "Certificates (*.pem *.crt *.cer *.der)"


class OrganisationCard(SecretCard):
    """A certificate is chosen, looked at, and taken with the passphrase; it goes with the passphrase as well."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk)
        self._place = place
        self._chosen: Certificate | None = None
        self._state = label("")
        self._details = label("", "quiet")
        self._choose = button("Choose a certificate", self._choose_file)
        self._remove = button("Let no organisation open it", self._ask_to_remove, "link")
        self._passphrase = secret_box("Passphrase, to decide who opens the vault")
        self._passphrase.returnPressed.connect(self._start)
        self._reveal = reveal(self._passphrase)
        self._reveal.setAccessibleName("Show the passphrase that decides who opens the vault")
        self._do = button("Let this organisation open the vault", self._start)
        self._leave = button("Leave it as it is", self._show)
        self._asked = column(
            prompt_of(self._passphrase),
            self._passphrase,
            caps_lock_hint(self._passphrase),
            self._reveal,
            row(self._do, self._leave),
        )
        self._fill(
            [
                label("Your organisation", "heading"),
                label(
                    "If your organisation wants a way in of its own, it gives you a certificate. Whoever has the "
                    "private key that belongs to it can then open this vault. Nobody can, unless you let them here."
                ),
                self._state,
                self._details,
                self._error,
                row(self._choose, self._remove),
                self._asked,
            ]
        )
        self._show()

    def _show(self) -> None:
        """As things stand, with nothing asked."""
        found = organisation_of(self._desk.caseload)
        self._chosen = None
        self._say("")
        self._tell("No organisation can open this vault." if found is None else "This organisation can:", found)
        self._choose.setText("Choose a certificate" if found is None else "Choose another certificate")
        self._choose.setAccessibleName(self._choose.text())
        self._remove.setVisible(found is not None)
        self._passphrase.clear()
        self._reveal.setChecked(False)
        had_focus = self._asked.isAncestorOf(self.focusWidget() or self)
        self._asked.hide()
        if had_focus:
            self._choose.setFocus()

    def _tell(self, state: str, certificate: Certificate | None) -> None:
        self._details.setVisible(certificate is not None)
        if certificate is None:
            self._state.setText(state)
            return
        self._state.setText(f"{state} {certificate.subject or 'a certificate that names nobody'}")
        self._details.setText(
            f"SHA-256: {certificate.fingerprint}. Compare it with your organisation by telephone. "
            f"The certificate expires on {day_text(certificate.expires.date())}; it opens the vault after that as well."
        )

    def _choose_file(self) -> None:
        path = choose_file(self, "Choose your organisation's certificate", _KINDS)
        if path is None:
            return
        try:
            self._chosen = read_certificate_file(path)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the file is told, and nothing is changed
            self._show()
            self._say(sentence(error))
            return
        self._say("")
        self._tell("To be let in:", self._chosen)
        self._ask("Let this organisation open the vault")

    def _ask_to_remove(self) -> None:
        self._show()
        self._ask("Let no organisation open the vault")

    def _ask(self, what: str) -> None:
        self._do.setText(what)
        self._do.setAccessibleName(what)
        self._asked.show()
        self._passphrase.setFocus()

    def _start(self) -> None:
        typed, caseload, chosen = self._passphrase.text(), self._desk.caseload, self._chosen
        if not typed:
            self._refuse(self._passphrase, "Type the passphrase that opens the vault.")
            return
        self._say("")
        self._set_busy(True)

        def work() -> None:
            if chosen is None:
                let_no_organisation_open(caseload, typed)
            else:
                let_organisation_open(caseload, chosen, typed)

        self._desk.jobs.start(self._place, work, self._changed, self._failed)

    def _set_busy(self, busy: bool) -> None:
        for each in (self._do, self._leave, self._choose, self._remove):
            each.setEnabled(not busy)

    def _changed(self, _nothing: None) -> None:
        is_in = self._chosen is not None
        self._set_busy(False)
        self._show()
        self._desk.say("Your organisation can open this vault now." if is_in else "No organisation can open it now.")
        self._desk.backing_up.begin_if_due()

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self._refuse(self._passphrase, sentence(error))
