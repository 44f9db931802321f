"""The parser of the command line, and the one place where a failure becomes a sentence and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from spr_desktop import __version__
from spr_desktop.casework.disposing import REASONS
from spr_desktop.casework.making import KINDS
from spr_desktop.casework.retention import HOLD_REASONS
from spr_desktop.commands import (
    backups,
    cases,
    choosing,
    demo,
    handing_over,
    measuring,
    packs,
    receiving,
    registering,
    retention,
    salvaging,
    sealing,
    trail,
    vaults,
)
from spr_desktop.commands.failure import DONE, WRONG_CALL, Failure, failure_of
from spr_desktop.commands.terminal import say_failure

OpenWindow = Callable[[Path | None, str], int]
"""Opens the window on a vault, with a passphrase typed in already; returns the exit code."""


_MEANS: Final = {
    "vault": "the folder of the vault",
    "case_ref": "the reference of the family, as list shows it",
    "case_refs": "references of families, as list shows them",
    "document_id": "the reference of the document, as register shows it",
    "record_id": "the id of the record, as competing shows it",
    "backup": "the backup",
    "file": "the file",
    "files": "the files",
    "--to": "where it goes",
    "--replace": "write over a file that is there",
    "--json": "answer as JSON",
    "--search": "only those with this in a name or a reference",
    "--service": "look as if this service were chosen",
    "--reason": "why",
    "--for": "the key file of the colleague",
    "--role": "your role, as it stands on packs",
    "--organisation": "your organisation, as it stands on packs",
    "--recovery-key-file": "its first line is the recovery key",
    "--new-passphrase-file": "its first line is the new passphrase",
    "--organisation-key-password-file": "its first line is the password of the organisation's key",
}
"""What stands in the help of every command that has it, unless the command says more."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in one line, and what an option means that is the same in every command."""

    def add_argument(self, *names: str, **told: Any) -> argparse.Action:
        if names[-1] in _MEANS:
            told.setdefault("help", _MEANS[names[-1]])
        return super().add_argument(*names, **told)

    def error(self, message: str) -> NoReturn:
        raise Failure(WRONG_CALL, f"{message}; see {self.prog} --help.")


def main(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Carry out one call; returns its exit code."""
    debug = "--debug" in arguments
    try:
        call = _parser().parse_args([each for each in arguments if each != "--debug"])
        if call.command is None:
            return open_window(None, "")
        code: int = call.run(call, open_window) if call.command == "demo" else call.run(call)
    except BrokenPipeError:  # whoever read the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        say_failure(Failure(WRONG_CALL, "stopped; nothing was lost."))
        return 130
    except Exception as error:  # noqa: BLE001 - the last place before a person: nobody is shown a traceback
        failure = failure_of(error)
        if debug:
            import traceback

            traceback.print_exc()
        say_failure(failure)
        return failure.code
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="spr-desktop",
        description="Families in conflict: screened alone, wrapped around, referred with care. Offline and encrypted.",
        epilog="Without a command the window opens. Add --debug to see where the program failed.",
    )
    parser.add_argument("--version", action="version", version=f"spr-desktop {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_demo(commands)
    _add_vaults(commands)
    _add_backups(commands)
    _add_cases(commands)
    _add_packs(commands)
    _add_retention(commands)
    _add_handing_over(commands)
    _add_benchmark(commands)
    return parser


if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction["_Parser"]  # noqa: SLF001 - argparse gives it no other name


def _day(text: str) -> date:
    """A day on the command line: ISO as in files, or day first as people write it."""
    for order in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, order).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise argparse.ArgumentTypeError("is not a day like 2026-11-03 or 03/11/2026")


def _add_as_of(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-of", type=_day, default=None, metavar="DAY", help="the day to look from; today if not given"
    )


def _add_passphrase(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="its first line is the vault's passphrase"
    )


def _add_demo(commands: _Commands) -> None:
    command = commands.add_parser("demo", help="an invented caseload, and one family's way to a sealed pack")
    command.add_argument("--to", type=Path, metavar="DIR", help="a new folder for it")
    command.add_argument("--no-window", action="store_true", help="do not open the window at the end")
    command.set_defaults(run=demo.demo)


def _add_vaults(commands: _Commands) -> None:
    create = commands.add_parser("create", help="make a vault; shows its recovery key once")
    create.add_argument("vault", type=Path, metavar="VAULT")
    create.add_argument("--name", default="", help="your name, as it stands under records and on packs")
    create.add_argument("--role", default="")
    create.add_argument("--organisation", default="")
    create.add_argument("--recovery-to", type=Path, metavar="FILE.pdf", help="make the recovery sheet for printing")
    create.add_argument("--replace", action="store_true", help="write over an existing recovery sheet")
    create.add_argument(
        "--synced-folder", action="store_true", help="make it in a folder that a service copies to other computers"
    )
    _add_passphrase(create)
    create.set_defaults(run=vaults.create)
    recover = commands.add_parser("recover", help="set a new passphrase with the recovery key or an organisation's key")
    recover.add_argument("vault", type=Path, metavar="VAULT")
    recover.add_argument("--recovery-key-file", type=Path, metavar="FILE")
    recover.add_argument(
        "--organisation-key-file", type=Path, metavar="KEY.pem", help="the private key of --certificate"
    )
    recover.add_argument("--organisation-key-password-file", type=Path, metavar="FILE")
    recover.add_argument("--new-passphrase-file", type=Path, metavar="FILE")
    recover.set_defaults(run=vaults.recover)
    older = commands.add_parser("accept-older", help="go on with a copy that is older than this computer last saw")
    older.add_argument("vault", type=Path, metavar="VAULT")
    older.add_argument("--recovery-key", action="store_true", help="ask for the recovery key, not the passphrase")
    older.add_argument("--recovery-key-file", type=Path, metavar="FILE", help="its first line is the recovery key")
    _add_passphrase(older)
    older.set_defaults(run=vaults.accept_older)
    change = commands.add_parser("passphrase", help="set a new passphrase")
    change.add_argument("vault", type=Path, metavar="VAULT")
    change.add_argument("--new-passphrase-file", type=Path, metavar="FILE")
    _add_passphrase(change)
    change.set_defaults(run=vaults.change_passphrase)
    prove = commands.add_parser("prove-recovery", help="see whether the recovery key on paper opens the vault")
    prove.add_argument("vault", type=Path, metavar="VAULT")
    prove.add_argument("--recovery-key-file", type=Path, metavar="FILE")
    _add_passphrase(prove)
    prove.set_defaults(run=vaults.prove_recovery)
    organisation = commands.add_parser("organisation-key", help="which organisation can open the vault too, if any")
    organisation.add_argument("vault", type=Path, metavar="VAULT")
    one = organisation.add_mutually_exclusive_group()
    one.add_argument("--certificate", type=Path, metavar="CERT.pem", help="let the holder of its private key open it")
    one.add_argument("--remove", action="store_true", help="let no organisation open it any more")
    organisation.add_argument("--json", action="store_true")
    _add_passphrase(organisation)
    organisation.set_defaults(run=vaults.organisation_key)


def _add_backups(commands: _Commands) -> None:
    backup = commands.add_parser("backup", help="make an encrypted copy, and read it again before it counts")
    backup.add_argument("vault", type=Path, metavar="VAULT")
    backup.add_argument("--to", type=Path, metavar="DIR", help="the folder for it; that of the vault if not given")
    backup.add_argument("--json", action="store_true")
    _add_passphrase(backup)
    backup.set_defaults(run=backups.back_up)
    restore = commands.add_parser("restore", help="make a vault from a backup, in a new folder")
    restore.add_argument("backup", type=Path, metavar="BACKUP")
    restore.add_argument("--to", type=Path, required=True, metavar="VAULT", help="a new folder")
    restore.add_argument("--recovery-key", action="store_true", help="ask for the recovery key, not the passphrase")
    restore.add_argument("--recovery-key-file", type=Path, metavar="FILE", help="its first line is the recovery key")
    restore.add_argument("--json", action="store_true")
    _add_passphrase(restore)
    restore.set_defaults(run=backups.restore)
    check = commands.add_parser("check-vault", help="prove that a vault is encrypted and whole")
    check.add_argument("vault", type=Path, metavar="VAULT")
    check.add_argument("--pdf", type=Path, metavar="FILE.pdf", help="write it as a page to print too")
    check.add_argument("--replace", action="store_true", help="write over an existing page")
    check.add_argument("--json", action="store_true")
    _add_passphrase(check)
    check.set_defaults(run=backups.check_vault)
    _add_salvage(commands)
    _add_activity(commands)


def _add_salvage(commands: _Commands) -> None:
    save = commands.add_parser("salvage", help="save what can be read of a damaged vault into a new one")
    save.add_argument("vault", type=Path, metavar="VAULT")
    save.add_argument("--to", type=Path, required=True, metavar="NEW", help="a new folder")
    save.add_argument("--backup", type=Path, metavar="BACKUP", help="a second source; the newest in VAULT if not given")
    save.add_argument("--no-backup", action="store_true", help="only what is in the vault itself")
    save.add_argument("--recovery-key-file", type=Path, metavar="FILE", help="its first line is the recovery key")
    save.add_argument("--json", action="store_true")
    _add_passphrase(save)
    save.set_defaults(run=salvaging.salvage_vault)


def _add_activity(commands: _Commands) -> None:
    show = commands.add_parser("activity", help="who opened, looked, changed and gave out what, and when")
    show.add_argument("vault", type=Path, metavar="VAULT")
    show.add_argument("--from", dest="since", type=_day, metavar="DAY", help="the first day")
    show.add_argument("--to", dest="until", type=_day, metavar="DAY", help="the last day")
    show.add_argument("--pdf", type=Path, metavar="FILE.pdf", help="write it as pages to print too")
    show.add_argument("--replace", action="store_true", help="write over existing pages")
    show.add_argument("--json", action="store_true")
    _add_passphrase(show)
    show.set_defaults(run=trail.list_activity)


def _add_cases(commands: _Commands) -> None:
    take = commands.add_parser("import", help="take case documents into a vault")
    take.add_argument("vault", type=Path, metavar="VAULT")
    take.add_argument("files", type=Path, nargs="+", metavar="FILE")
    take.add_argument("--dry-run", action="store_true", help="say what would be new, and take nothing")
    take.add_argument("--json", action="store_true")
    _add_passphrase(take)
    _add_as_of(take)
    take.set_defaults(run=cases.import_files)
    show = commands.add_parser("list", help="the caseload: reference, outcome, next step")
    show.add_argument("vault", type=Path, metavar="VAULT")
    show.add_argument("--search", metavar="TEXT")
    show.add_argument("--due", action="store_true", help="only what has a date on it")
    show.add_argument("--names", action="store_true", help="show people's names")
    show.add_argument("--json", action="store_true")
    _add_passphrase(show)
    _add_as_of(show)
    show.set_defaults(run=cases.list_cases)
    check = commands.add_parser("check", help="what the pathway says of a case, and why")
    check.add_argument("vault", type=Path, nargs="?", metavar="VAULT")
    check.add_argument("case_ref", nargs="?", metavar="CASE_REF")
    check.add_argument("--file", dest="files", type=Path, nargs="+", metavar="CASE.json", help="files or folders")
    check.add_argument("--service", choices=("mediation", "couple_support", "family_counselling"))
    check.add_argument("--require-ready", action="store_true", help="exit 3 if it is not ready")
    check.add_argument("--json", action="store_true")
    _add_passphrase(check)
    _add_as_of(check)
    check.set_defaults(run=cases.check_cases)
    export = commands.add_parser("export-case", help="the whole case document, readable by anybody who has the file")
    export.add_argument("vault", type=Path, metavar="VAULT")
    export.add_argument("case_ref", metavar="CASE_REF")
    export.add_argument("--to", type=Path, required=True, metavar="FILE.json")
    export.add_argument("--replace", action="store_true")
    _add_passphrase(export)
    export.set_defaults(run=cases.export)


def _add_packs(commands: _Commands) -> None:
    document = commands.add_parser("document", help="make, seal and register a document")
    document.add_argument("vault", type=Path, metavar="VAULT")
    document.add_argument("case_ref", metavar="CASE_REF")
    document.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    document.add_argument("--person", metavar="P", help="the id of the person it is about")
    document.add_argument("--to", type=Path, metavar="FILE.pdf")
    document.add_argument("--password-to", type=Path, metavar="FILE", help="write its passphrase here")
    document.add_argument(
        "--review-to", type=Path, metavar="FILE.json", help="for subject-access: what to decide about"
    )
    document.add_argument("--review", type=Path, metavar="FILE.json", help="for subject-access: what was decided")
    document.add_argument(
        "--pin-file", type=Path, metavar="FILE", help="its first line is the PIN of the card that seals"
    )
    document.add_argument("--replace", action="store_true")
    document.add_argument("--json", action="store_true")
    _add_passphrase(document)
    _add_as_of(document)
    document.set_defaults(run=packs.make_document)
    email = commands.add_parser("email", help="a draft message with a sealed document attached")
    email.add_argument("vault", type=Path, metavar="VAULT")
    email.add_argument("document_id", metavar="DOCUMENT_ID")
    email.add_argument("--to", type=Path, required=True, metavar="FILE.eml")
    email.add_argument("--file", type=Path, metavar="FILE.pdf", help="where the document is now, if it was moved")
    _add_version(email)
    email.add_argument("--replace", action="store_true")
    email.add_argument("--json", action="store_true")
    _add_passphrase(email)
    email.set_defaults(run=packs.draft_email)
    _add_register(commands)
    sealing_key = commands.add_parser("seal-with", help="the key that seals documents: the organisation's, or your own")
    sealing_key.add_argument("vault", type=Path, metavar="VAULT")
    sealing_key.add_argument("--pkcs12", type=Path, metavar="FILE.p12", help="a key with its certificate, as issued")
    sealing_key.add_argument("--password-file", type=Path, metavar="FILE", help="its first line opens the PKCS#12 file")
    sealing_key.add_argument("--card", type=Path, metavar="LIBRARY", help="a key on a card: its PKCS#11 library")
    sealing_key.add_argument("--label", metavar="NAME", help="the name of the certificate on the card")
    sealing_key.add_argument("--pin-file", type=Path, metavar="FILE", help="its first line is the PIN of the card")
    sealing_key.add_argument(
        "--crl",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.crl",
        help="a revocation list of the organisation, to be enclosed; with a key, or for the one that is there",
    )
    sealing_key.add_argument("--own", action="store_true", help="the vault's own key, from now on")
    sealing_key.add_argument("--json", action="store_true")
    _add_passphrase(sealing_key)
    sealing_key.set_defaults(run=sealing.seal_with)
    verify = commands.add_parser("verify", help="whether a pack is as it was sealed, and by which key")
    verify.add_argument("file", type=Path, metavar="FILE.pdf")
    verify.add_argument("--password-file", type=Path, metavar="FILE", help="its first line is the pack's passphrase")
    trusted = "the certificate of a key, or of an authority under which it was issued"
    verify.add_argument("--trust", type=Path, action="append", default=[], metavar="CERT.pem", help=trusted)
    verify.add_argument("--data-to", type=Path, metavar="FILE.json", help="take the embedded data out")
    verify.add_argument("--replace", action="store_true")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=packs.verify_file)


def _add_version(command: argparse.ArgumentParser) -> None:
    command.add_argument("--version", type=_version, metavar="N", help="which version; the newest if not given")


def _add_register(commands: _Commands) -> None:
    listed = commands.add_parser("register", help="what was made, sent, acknowledged and withdrawn, the newest first")
    listed.add_argument("vault", type=Path, metavar="VAULT")
    listed.add_argument("--case", metavar="CASE_REF", help="of one family only")
    _add_as_of(listed)
    listed.set_defaults(run=registering.list_register)
    sent = commands.add_parser("sent", help="record that a document was sent")
    sent.add_argument("--to", metavar="TEXT", help="to whom; those whom it was made for if not given")
    sent.add_argument("--told", required=True, metavar="TEXT", help="how its passphrase was told: by telephone")
    sent.set_defaults(run=registering.record_sent)
    came = commands.add_parser("acknowledged", help="record that those who received a document said so")
    came.add_argument("--how", required=True, metavar="TEXT", help="how they said it: by telephone")
    came.set_defaults(run=registering.record_acknowledgement)
    for each in (sent, came):
        each.add_argument("vault", type=Path, metavar="VAULT")
        each.add_argument("document_id", metavar="DOCUMENT_ID")
        each.add_argument("--on", type=_day, metavar="DAY", help="today if not given")
        _add_version(each)
    for each in (listed, sent, came):
        each.add_argument("--json", action="store_true")
        _add_passphrase(each)


def _add_retention(commands: _Commands) -> None:
    keep = commands.add_parser("retention", help="which cases are past their time, and which are held")
    keep.add_argument("vault", type=Path, metavar="VAULT")
    keep.add_argument("--rule", metavar="CODE", help="look with another rule, such as CASE+6 or DOB+25; none for none")
    keep.add_argument("--choose", action="store_true", help="make the given rule the organisation's")
    keep.add_argument("--basis", metavar="TEXT", help="the policy that the rule comes from")
    keep.add_argument("--hold", metavar="CASE_REF", help="keep a case whatever its age")
    keep.add_argument("--reason", choices=HOLD_REASONS, help="why it is held")
    keep.add_argument("--review-on", type=_day, metavar="DAY", help="when the hold is to be looked at again")
    keep.add_argument("--release", metavar="CASE_REF", help="hold a case no longer")
    keep.add_argument("--certificate", metavar="NUMBER", help="write a certificate of disposal once more")
    keep.add_argument("--to", type=Path, metavar="FILE.pdf")
    keep.add_argument("--replace", action="store_true")
    keep.add_argument("--json", action="store_true")
    _add_passphrase(keep)
    _add_as_of(keep)
    keep.set_defaults(run=retention.retention)
    dispose = commands.add_parser("dispose", help="remove cases for good, with a certificate")
    dispose.add_argument("vault", type=Path, metavar="VAULT")
    dispose.add_argument("case_refs", nargs="+", metavar="CASE_REF")
    dispose.add_argument("--reason", choices=REASONS, required=True)
    dispose.add_argument("--certificate", type=Path, metavar="FILE.pdf", help="where the certificate goes")
    dispose.add_argument("--count", type=int, metavar="N", help="confirms how many go, where they are many")
    dispose.add_argument("--dry-run", action="store_true", help="say what would go, and remove nothing")
    dispose.add_argument("--replace", action="store_true", help="write over an existing certificate")
    dispose.add_argument("--json", action="store_true")
    _add_passphrase(dispose)
    dispose.set_defaults(run=retention.dispose_of_cases)


def _add_handing_over(commands: _Commands) -> None:
    key = commands.add_parser("key", help="this vault's key file, for colleagues who hand families over to you")
    key.add_argument("vault", type=Path, metavar="VAULT")
    key.add_argument("--to", type=Path, required=True, metavar="FILE.key")
    key.set_defaults(run=handing_over.write_key)
    give = commands.add_parser("hand-over", help="an encrypted bundle of families for one colleague")
    give.add_argument("vault", type=Path, metavar="VAULT")
    give.add_argument("case_refs", nargs="+", metavar="CASE_REF")
    give.add_argument("--for", dest="reader", type=Path, required=True, metavar="RECIPIENT.key")
    give.add_argument("--fingerprint", metavar="TEXT", help="as it was read out to you; another is refused")
    give.add_argument("--to", type=Path, required=True, metavar="FILE")
    give.set_defaults(run=handing_over.hand_over)
    take = commands.add_parser("receive", help="take a colleague's bundle, or a referral pack as a new case")
    take.add_argument("vault", type=Path, metavar="VAULT")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--dry-run", action="store_true", help="say what it would bring, and take nothing")
    take.add_argument("--receipt-to", type=Path, metavar="FILE", help="for the receipt; beside the bundle if not given")
    take.add_argument("--password-file", type=Path, metavar="FILE", help="its first line is the pack's passphrase")
    take.add_argument(
        "--trust", type=Path, action="append", default=[], metavar="CERT.pem", help="take no other's pack"
    )
    compared = "take a newer version of a pack by another key than before, after comparing the fingerprint by telephone"
    take.add_argument("--other-key", action="store_true", help=compared)
    _add_as_of(take)
    take.set_defaults(run=receiving.receive)
    receipt = commands.add_parser("receipt", help="check a receipt for a bundle, and note that it came")
    receipt.add_argument("vault", type=Path, metavar="VAULT")
    receipt.add_argument("file", type=Path, metavar="FILE")
    receipt.set_defaults(run=handing_over.take_receipt)
    made = commands.add_parser("handed-over", help="what was handed over, and whether it was received")
    made.add_argument("vault", type=Path, metavar="VAULT")
    made.set_defaults(run=handing_over.list_hand_overs)
    competes = commands.add_parser("competing", help="records between which a person has to choose since a merge")
    competes.add_argument("vault", type=Path, metavar="VAULT")
    competes.add_argument("--content", action="store_true", help="with --json, what the records say")
    competes.set_defaults(run=choosing.list_competing)
    choose = commands.add_parser("choose", help="choose one of the records that compete")
    choose.add_argument("vault", type=Path, metavar="VAULT")
    choose.add_argument("case_ref", metavar="CASE_REF")
    choose.add_argument("record_id", metavar="RECORD_ID")
    choose.add_argument("--reason", required=True, metavar="TEXT")
    choose.set_defaults(run=choosing.choose)
    _add_passphrase(choose)
    for each in (key, give, take):
        each.add_argument("--replace", action="store_true")
    for each in (key, give, take, receipt, made, competes):
        each.add_argument("--json", action="store_true")
        _add_passphrase(each)


def _add_benchmark(commands: _Commands) -> None:
    command = commands.add_parser("benchmark", help="what the program costs on this machine")
    command.add_argument("--families", type=_count, default=20_000, metavar="N", help="20000 if not given")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=measuring.measure)


def _version(text: str) -> int:
    """A version of a document, from 1."""
    if not text.isdecimal() or not 0 < int(text) < 10_000:
        raise argparse.ArgumentTypeError("is not a version like 2")
    return int(text)


def _count(text: str) -> int:
    """A number of families; one at least."""
    if not text.isdecimal() or not 0 < int(text) < 10_000_000:
        raise argparse.ArgumentTypeError("is not a number of families")
    return int(text)
