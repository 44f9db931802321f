"""The command about the key that seals documents: the organisation's certificate, or the vault's own."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from spr_desktop.casework.sealing_key import (
    SealingKey,
    enclose_lists,
    key_warning,
    list_words,
    seal_with_card,
    seal_with_issued,
    seal_with_own,
    sealing_key,
)
from spr_desktop.casework.words import day_text
from spr_desktop.commands.cases import open_caseload
from spr_desktop.commands.failure import DONE, WRONG_CALL, Failure
from spr_desktop.commands.secret import read_secret
from spr_desktop.commands.terminal import say, say_json


def seal_with(call: Namespace) -> int:
    """Say with which key documents are sealed, or seal with another from now on."""
    if sum(map(bool, (call.pkcs12, call.card, call.own))) > 1:
        raise Failure(WRONG_CALL, "choose one: --pkcs12 FILE.p12, --card LIBRARY, or --own.")
    if bool(call.card) != bool(call.label) or (call.pin_file and not call.card):
        raise Failure(WRONG_CALL, "--card LIBRARY and --label NAME belong together, and --pin-file to them.")
    if call.crl and call.own:
        raise Failure(WRONG_CALL, "nobody revokes the vault's own key: --crl belongs to one that was issued.")
    if call.password_file and not call.pkcs12:
        raise Failure(WRONG_CALL, "--password-file belongs to --pkcs12.")
    with open_caseload(call) as caseload:
        if call.pkcs12:
            password = read_secret("Password of the PKCS#12 file", call.password_file)
            key = seal_with_issued(caseload, call.pkcs12, password, call.crl)
        elif call.card:
            pin = read_secret("PIN of the card", call.pin_file)
            key = seal_with_card(caseload, call.card, call.label, pin, call.crl)
        elif call.crl:
            key = enclose_lists(caseload, call.crl)
        else:
            key = seal_with_own(caseload) if call.own else sealing_key(caseload)
        warning = key_warning(caseload, date.today())
    if call.json:
        say_json(_plain(key))
        return DONE
    whose = "a certificate of your organisation" if key.is_issued else "the vault's own key"
    whose += " on a card, whose PIN is asked for each time" if key.is_on_card else ""
    say(f"Documents are sealed with {whose}: {key.signer}.")
    say(f"Fingerprint: {key.fingerprint}")
    say(f"The certificate is valid until {day_text(key.expires)}.")
    for list_ in key.lists:
        say(list_words(list_))
    for each in key.earlier:
        say(f"Until {day_text(each.until)}: {each.fingerprint}")
    if warning:
        say(warning)
    return DONE


def _plain(key: SealingKey) -> dict[str, object]:
    return {
        "signer": key.signer,
        "fingerprint": key.fingerprint,
        "expires": key.expires.isoformat(),
        "issued": key.is_issued,
        "on_card": key.is_on_card,
        "lists": [
            {"made_on": each.made_on.isoformat(), "until": each.until.isoformat() if each.until else None}
            for each in key.lists
        ],
        "earlier": [{"fingerprint": each.fingerprint, "until": each.until.isoformat()} for each in key.earlier],
    }
