"""The encrypted database of a vault: opened with its key, proven to be encrypted and whole, written durably.

All of SQLCipher is met here and in the runner of upgrades. Three of its habits shape this module (security.md section
1). Where another SQLite is in the process it writes plain text without a word; it takes a key of a wrong form for a
passphrase; it opens a file of no length as an empty database. So the library is asked first, the key's form is checked,
and making a database and opening one have nothing in common but the connection. ``PRAGMA rekey`` is never used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import sqlcipher3.dbapi2 as sqlcipher

from spr_desktop.vault.errors import (
    DamagedVault,
    MachineFault,
    NewerVault,
    NotEncrypted,
    PlaceGone,
    ReplacedVault,
    VaultInUse,
    machine_faults,
    sqlite_fault,
)
from spr_desktop.vault.files import make_private
from spr_desktop.vault.keys import KEY_BYTES, SALT_BYTES, wipe
from spr_desktop.vault.schema import STEPS
from spr_desktop.vault.upgrades import upgrade

if TYPE_CHECKING:
    from sqlite3 import Connection

APPLICATION_ID: Final = 0x53505256
PAGE_BYTES: Final = 4096
CHECKED_UP_TO: Final = 64 * 1024 * 1024
"""Bytes up to which every page is checked on opening; for a database of this size that takes about a second."""

_PLAIN_HEADER: Final = b"SQLite format 3\x00"
_BUSY_MILLISECONDS: Final = 5000
_CACHE_KIB: Final = 32 * 1024
"""Memory for pages that were decrypted; without room for them every look decrypts them again."""
_DISPOSAL_SINCE: Final = 3
"""The version of the database that knows of disposal."""
_FULL: Final = 2
_IN_MEMORY: Final = 2


def require_cipher() -> None:
    """Raises NotEncrypted if this process would write plain text; no file is touched."""
    with _sqlite_faults():
        connection = sqlcipher.connect(":memory:")
        try:
            _require_cipher(connection)
            # both hold for the whole process, and must before the first key
            connection.execute("PRAGMA cipher_memory_security = ON")
            connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
        finally:
            connection.close()


def create_database(path: Path, key: bytearray, salt: bytes, vault_id: str) -> None:
    """Make the database of a new vault, and close it again; the file must not be there. Raises MachineFault."""
    with machine_faults():
        make_private(path)
    with _sqlite_faults():
        connection = _connect(path, key, salt)
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
            upgrade(connection, STEPS)
            connection.execute("INSERT INTO meta VALUES ('vault_id', ?)", (vault_id,))
        finally:
            connection.close()
    _check_encrypted(path, salt)


def copy_database(source: Connection, path: Path, key: bytearray, salt: bytes) -> None:
    """Copy a database, as the transaction of a connection sees it, into a new file that is encrypted like it.

    In a single step: one by pages begins anew with every write in between, and under steady writes never ends. Raises
    DamagedVault or MachineFault.
    """
    with machine_faults():
        make_private(path)
    with _sqlite_faults():
        target = _connect(path, key, salt)
        try:
            _copy_pages(source, target)
            if _value(target, "PRAGMA wal_checkpoint(TRUNCATE)"):
                raise MachineFault("the copy of the database was not brought into one file")
        finally:
            target.close()
    _check_encrypted(path, salt)


def _copy_pages(source: Any, target: Any) -> None:
    """Copy all pages in one step. What goes wrong comes without a result code, so its class has to do."""
    try:
        source.backup(target, pages=-1)
    except sqlcipher.OperationalError as error:
        raise MachineFault("the copy of the database could not be written") from error
    except sqlcipher.DatabaseError as error:
        raise DamagedVault("a page of the database could not be read") from error


@contextmanager
def reading_only(
    path: Path, key: bytearray, salt: bytes, vault_id: str, *, check_all: bool = True
) -> Iterator[Connection]:
    """A connection to a database that nobody writes to, after all its pages were checked; nothing beside it is made.

    Without ``check_all`` only what is read is checked, as it is read.

    Raises DamagedVault if it is missing, not encrypted, of another vault, cut short or damaged, NewerVault and
    MachineFault.
    """
    require_cipher()
    if not path.is_file():
        raise DamagedVault("the database is missing")
    _check_encrypted(path, salt)
    with machine_faults():
        size = path.stat().st_size
    with _sqlite_faults():
        connection = _connect_to_read(path, key, salt)
        try:
            _require_vault(connection, vault_id)
            _require_known_version(connection)
            _know_of_disposal(connection)
            if check_all:
                _require_whole_pages(connection)
            if _value(connection, "PRAGMA page_count") * PAGE_BYTES != size:
                raise DamagedVault("the database is cut short or has something added")
            yield connection
        finally:
            connection.close()


class Store:
    """An open connection to the database of a vault; one thread at a time uses it."""

    def __init__(
        self,
        path: Path,
        key: bytearray,
        salt: bytes,
        vault_id: str,
        before_upgrade: Callable[[Store], None] | None = None,
    ) -> None:
        """Open the database; the key stays the caller's to wipe.

        ``before_upgrade`` looks at it before anything in it is changed; what it raises ends the opening. Raises
        DamagedVault if it is missing, not encrypted, of another vault or cut short, NewerVault, MachineFault.
        """
        require_cipher()
        if not path.is_file():
            raise DamagedVault("the database is missing")
        _check_encrypted(path, salt)
        self.written: Callable[[], None] | None = None
        """Called after each transaction that is on the disk."""
        self._path = path
        self._is_closed = False
        self._identity = self._identity_now()
        with _sqlite_faults():
            self._connection = _connect(path, key, salt)
            try:
                _require_vault(self._connection, vault_id)
                _require_known_version(self._connection)
                if before_upgrade is not None:
                    _know_of_disposal(self._connection)
                    before_upgrade(self)
                    _forget_disposal(self._connection)
                upgrade(self._connection, STEPS)
                self._check_size()
            except BaseException:
                self._connection.close()
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection, over one unchanging state of the database. Raises DamagedVault or MachineFault."""
        with _sqlite_faults():
            yield from self._transaction("BEGIN")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The connection, in a transaction that is on the disk once the block is left, or not at all if it raises.

        Raises PlaceGone, ReplacedVault, DamagedVault, MachineFault or VaultInUse.
        """
        if self._identity_now() != self._identity:
            raise ReplacedVault("the database was replaced while it was open")
        with _sqlite_faults():
            yield from self._transaction("BEGIN IMMEDIATE")
            self._checkpoint()
        if self.written is not None:
            self.written()

    @property
    def needs_upgrade(self) -> bool:
        """Whether an earlier version of the program made it, and this one has not changed its form yet."""
        return int(_value(self._connection, "PRAGMA user_version")) < len(STEPS)

    def rebuild(self) -> None:
        """Write the whole database anew, so that no page, free page or index holds what was removed.

        It needs as much room on the disk once more while it runs. Raises MachineFault or VaultInUse; what was removed
        is removed all the same.
        """
        with _sqlite_faults():
            self._connection.execute("INSERT INTO person_search (person_search) VALUES ('optimize')")
            self._connection.set_authorizer(None)  # it attaches a database of its own, encrypted like this one
            try:
                self._connection.execute("VACUUM")
            finally:
                self._connection.set_authorizer(_no_other_files)
            if not self._checkpoint():
                raise VaultInUse

    def check_pages(self) -> None:
        """Raises DamagedVault unless every page is authentic and every table and index is sound."""
        is_in_one_file = self._checkpoint()
        with self.reading() as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # keeps others from writing the file
            _require_whole_pages(connection, is_in_one_file=is_in_one_file)
        self._check_size()

    def cipher(self) -> str:
        """The library that encrypts, with its version, and what it does with each page."""
        with _sqlite_faults():
            version = _value(self._connection, "PRAGMA cipher_version")
            mac = str(_value(self._connection, "PRAGMA cipher_hmac_algorithm")).replace("_", "-")
        return f"SQLCipher {version}: AES-256, with {mac} over each page of {PAGE_BYTES} bytes"

    def page_count(self) -> int:
        """How many pages the database has."""
        with self.reading() as connection:
            return int(_value(connection, "PRAGMA page_count"))

    def size(self) -> int:
        """Bytes of the database on the disk."""
        with machine_faults():
            return self._path.stat().st_size

    def close(self) -> None:
        """Bring everything into the one file and close it; a second time does nothing.

        Raises DamagedVault; it is closed nevertheless.
        """
        if self._is_closed:
            return
        self._is_closed = True
        with _sqlite_faults():
            try:
                self._checkpoint()
            finally:
                self._connection.close()

    def _transaction(self, begin: str) -> Iterator[Connection]:
        if self._is_closed:
            raise PlaceGone("the database was closed, because its place had gone")
        self._connection.execute(begin)
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # a full disk has ended it already
                self._connection.execute("ROLLBACK")
            raise

    def _checkpoint(self) -> bool:
        """Bring what was written into the one file; whether that is done.

        What was committed is safe without it, so nothing is raised: the next save tries again.
        """
        self._connection.execute("PRAGMA busy_timeout = 0")  # a reader in the background is not waited for
        try:
            is_busy = _value(self._connection, "PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlcipher.OperationalError as error:
            if isinstance(sqlite_fault(error.sqlite_errorcode), MachineFault):
                return False
            raise
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS:d}")
        return not is_busy

    def _check_size(self) -> None:
        """Pages cut off or added at the end leave no page damaged, so the file is measured."""
        before = _value(self._connection, "PRAGMA data_version")
        if not self._checkpoint():
            return
        pages, size = _value(self._connection, "PRAGMA page_count"), self.size()
        # another connection that writes meanwhile makes the two differ for a moment
        if pages * PAGE_BYTES != size and _value(self._connection, "PRAGMA data_version") == before:
            raise DamagedVault("the database is cut short or has something added")

    def _identity_now(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except OSError as error:  # no such file, or a device that does not answer any more
            raise PlaceGone("the database is not there any more") from error
        return found.st_dev, found.st_ino


def _connect(path: Path, key: bytearray, salt: bytes) -> Connection:
    """A connection to a file that is there, keyed and set up; nothing of the file is read before the key is given."""
    # unlocking is the work of a background thread that hands the connection on
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        _require_cipher(connection)
        _give_key(connection, key, salt)
        connection.set_authorizer(_no_other_files)
        _set_up(connection)
    except BaseException:
        connection.close()
        raise
    return cast("Connection", connection)


def _connect_to_read(path: Path, key: bytearray, salt: bytes) -> Connection:
    """A connection that changes neither the file nor what is beside it."""
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        _require_cipher(connection)
        _give_key(connection, key, salt)
        connection.set_authorizer(_no_other_files)
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return cast("Connection", connection)


def _require_vault(connection: Any, vault_id: str) -> None:
    """Raises DamagedVault if a database is empty, or of something else."""
    if _value(connection, "PRAGMA application_id") != APPLICATION_ID:
        raise DamagedVault("the database is empty or not one of a vault")
    found = connection.execute("SELECT value FROM meta WHERE name = 'vault_id'").fetchone()
    if found != (vault_id,):
        raise DamagedVault("the database is another vault's")


def _know_of_disposal(connection: Any) -> None:
    """Give a database from before there was disposal, which is only read, the tables that say there was none."""
    if _value(connection, "PRAGMA user_version") < _DISPOSAL_SINCE:
        connection.execute("CREATE TEMP TABLE disposal (case_ref TEXT, disposed_at TEXT, records INTEGER)")
        connection.execute("CREATE TEMP TABLE gap (sequence INTEGER, case_ref TEXT, previous_hash BLOB, hash BLOB)")


def _forget_disposal(connection: Any) -> None:
    """Drop those tables again, so that they do not stand before the real ones."""
    for table in ("disposal", "gap"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _require_known_version(connection: Any) -> None:
    """Raises NewerVault if a later version of the program made a database."""
    if _value(connection, "PRAGMA user_version") > len(STEPS):
        raise NewerVault("the database is of a later version")


def _require_whole_pages(connection: Any, *, is_in_one_file: bool = True) -> None:
    """Raises DamagedVault unless every page is authentic and every table and index is sound."""
    faults = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    # a disk that is full may have torn a page that the write-ahead log still holds whole
    if faults and is_in_one_file:
        raise DamagedVault(f"{len(faults)} pages of the database are damaged")
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise DamagedVault("the tables of the database are damaged")


def _give_key(connection: Any, key: bytearray, salt: bytes) -> None:
    """Give key and salt in the form that is taken as they are, in a buffer that is wiped."""
    if len(key) != KEY_BYTES or len(salt) != SALT_BYTES:
        raise ValueError("the key or the salt is not of its length")
    form = bytearray(b"x'" + bytes(2 * (KEY_BYTES + SALT_BYTES)) + b"'")
    for place, byte in enumerate((*key, *salt)):  # byte by byte, so that no whole copy stays in memory
        form[2 + 2 * place : 4 + 2 * place] = b"%02x" % byte
    try:
        connection.set_key(form)
    finally:
        wipe(form)


def _set_up(connection: Any) -> None:
    for setting in (
        f"busy_timeout = {_BUSY_MILLISECONDS:d}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "temp_store = MEMORY",
        "secure_delete = ON",
        "foreign_keys = ON",
        f"cache_size = -{_CACHE_KIB:d}",
    ):
        connection.execute(f"PRAGMA {setting}").fetchall()
    wanted: dict[str, Any] = {
        "journal_mode": "wal",
        "synchronous": _FULL,
        "temp_store": _IN_MEMORY,
        "secure_delete": 1,
        "cipher_memory_security": "1",
        "page_size": str(PAGE_BYTES),
    }
    for name, value in wanted.items():
        if str(_value(connection, f"PRAGMA {name}")) != str(value):
            raise MachineFault(f"the database does not take the setting {name}")


def _require_cipher(connection: Any) -> None:
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise NotEncrypted("another SQLite is loaded in this process, which would write without encryption")


def _check_encrypted(path: Path, salt: bytes) -> None:
    """The first bytes of the file are the salt that the slot file knows, and nothing like a plain database."""
    with machine_faults(), path.open("rb") as file:
        start = file.read(SALT_BYTES)
    if start == _PLAIN_HEADER:
        raise DamagedVault("the database is not encrypted")
    if start != salt:
        raise DamagedVault("the database does not begin as the slot file says")


def _no_other_files(action: int, *_: Any) -> int:
    """No statement reaches another file: attached without a key, it would take a copy in plain text."""
    return cast("int", sqlcipher.SQLITE_DENY if action == sqlcipher.SQLITE_ATTACH else sqlcipher.SQLITE_OK)


def _value(connection: Any, question: str) -> Any:
    return connection.execute(question).fetchone()[0]


@contextmanager
def _sqlite_faults() -> Iterator[None]:
    """Turns what SQLite meets into the families of errors; what only a mistake of ours can cause passes through."""
    try:
        yield
    except sqlcipher.Error as error:
        fault = sqlite_fault(getattr(error, "sqlite_errorcode", None))
        if fault is None:
            raise
        raise fault from error
    except UnicodeEncodeError:  # it would carry the text
        raise ValueError("a text holds half a character, which no file can keep") from None
