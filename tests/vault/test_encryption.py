"""Nothing that a vault writes can be read without its key."""

from __future__ import annotations

import ctypes.util
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from spr_desktop.vault import store
from spr_desktop.vault.errors import MachineFault
from spr_desktop.vault.search import indexed_words
from spr_desktop.vault.vault import Vault
from tests.vault.samples import NAMES, ONE_CASE, OTHER_CASE, PASSPHRASE, Made, contents, finished, note, person, summary

ANOTHER_SQLITE: Final = """
import sys
from pathlib import Path
import sqlcipher3.dbapi2 as sqlcipher
from spr_desktop.vault.errors import NotEncrypted
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault

assert sqlcipher.connect(":memory:").execute("PRAGMA cipher_version").fetchone() is None, "the trick does not work"
folder = Path(sys.argv[1])
try:
    if folder.exists():
        Vault.open(folder, sys.argv[2])
    else:
        Vault.create(folder, sys.argv[2], cost=LEAST_COST)
except NotEncrypted as fault:
    print(fault)
"""


def words_to_look_for() -> list[bytes]:
    names = [part for name in NAMES.values() for part in name if part]
    texts = [
        *names,
        *indexed_words(names).split(),
        ONE_CASE,
        OTHER_CASE,
        "Came on their own",
        "J. Outreach",
        "person_id",
    ]
    return [
        text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le") if len(text.encode(encoding)) > 4
    ]


def assert_unreadable(folder: Path) -> None:
    found = contents(folder)
    for name, data in found.items():
        assert b"SQLite format 3" not in data, name
        for word in words_to_look_for():
            assert word not in data, f"{word!r} in {name}"


def test_no_file_of_a_closed_vault_can_be_read(made: Made) -> None:
    assert made.database.stat().st_size > 50_000
    assert_unreadable(made.folder)


def test_no_file_of_an_open_vault_can_be_read(made: Made) -> None:
    with made.opened() as vault, vault.for_background() as reader, reader._store.reading() as connection:
        connection.execute("SELECT count(*) FROM record").fetchone()  # keeps what is written out of the one file
        for number in range(60, 80):
            vault.append(ONE_CASE, [note(ONE_CASE, number)], summary(ONE_CASE, *filter(None, NAMES["a"])))
        assert (made.folder / "caseload.db-wal").stat().st_size > 50_000
        assert_unreadable(made.folder)


def test_words_are_those_that_a_plain_database_would_show(tmp_path: Path) -> None:
    plain = sqlcipher.connect(str(tmp_path / "plain.db"))
    plain.execute("CREATE TABLE record (payload TEXT)")
    plain.execute("INSERT INTO record VALUES (?)", (str(person(ONE_CASE, "a")),))
    plain.commit()
    plain.close()
    with pytest.raises(AssertionError):
        assert_unreadable(tmp_path)


def test_another_sqlite_in_the_process_makes_no_vault_and_opens_none(made: Made, tmp_path: Path) -> None:
    library = ctypes.util.find_library("sqlite3")
    assert library, "libsqlite3-0 is not installed"
    (made.folder / "vault.lock").unlink()
    before = contents(made.folder)
    touched = [folder.stat().st_mtime_ns for folder in (tmp_path, made.folder)]
    for folder in (tmp_path / "new", made.folder):
        ended = finished(ANOTHER_SQLITE, folder, PASSPHRASE, LD_PRELOAD=library)
        assert "without encryption" in ended.stdout, ended.stderr
    assert contents(made.folder) == before
    assert [folder.stat().st_mtime_ns for folder in (tmp_path, made.folder)] == touched, "a file was there for a moment"


def test_connection_is_set_up_for_safety(vault: Vault) -> None:
    expected: dict[str, Any] = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "temp_store": 2,
        "foreign_keys": 1,
        "cipher_memory_security": "1",
        "cipher_use_hmac": "1",
        "cipher_page_size": "4096",
        "application_id": 0x53505256,
    }
    with vault._store.reading() as connection:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
        secure_delete = connection.execute("SELECT v FROM person_search_config WHERE k = 'secure-delete'").fetchone()
    assert found == expected
    assert secure_delete == (1,)


def test_temporary_store_on_the_disk_is_refused(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_IN_MEMORY", 1)
    with pytest.raises(MachineFault, match="temp_store"):
        made.opened()


@pytest.mark.parametrize(
    "statement", ["ATTACH 'copy.db' AS copy KEY ''", "ATTACH ':memory:' AS copy", "VACUUM INTO 'x'"]
)
def test_no_statement_reaches_another_file(vault: Vault, statement: str, tmp_path: Path) -> None:
    with pytest.raises(sqlcipher.DatabaseError, match=r"not authorized|authorization denied"):
        vault._store._connection.execute(statement)
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_key_is_given_in_the_raw_form_and_wiped() -> None:
    given: list[bytearray] = []
    seen: list[bytes] = []

    class Connection:
        def set_key(self, form: bytearray) -> None:
            given.append(form)
            seen.append(bytes(form))

    store._give_key(Connection(), bytearray(range(32)), bytes(range(16)))
    assert seen == [f"x'{bytes(range(32)).hex()}{bytes(range(16)).hex()}'".encode()]
    assert given == [bytearray(99)]


@pytest.mark.parametrize(("key", "salt"), [(31, 16), (33, 16), (0, 16), (32, 15), (32, 0)])
def test_key_of_a_wrong_length_is_never_taken_for_a_passphrase(key: int, salt: int) -> None:
    with pytest.raises(ValueError, match="length") as refused:
        store._give_key(None, bytearray(b"k" * key), b"s" * salt)
    assert "kkk" not in str(refused.value)


def test_package_and_what_faces_need_load_neither_cipher_nor_database() -> None:
    ended = finished(
        "import sys, spr_desktop.vault, spr_desktop.vault.errors, spr_desktop.vault.caseload\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'cryptography', 'sqlcipher3', 'filelock'}))"
    )
    assert ended.stdout == "[]\n"


def test_library_does_not_write_to_the_terminal(made: Made) -> None:
    data = bytearray(made.database.read_bytes())
    data[5000] ^= 1
    made.database.write_bytes(data)
    ended = finished(
        "import sys\n"
        "from pathlib import Path\n"
        "from spr_desktop.vault.errors import DamagedVault\n"
        "from spr_desktop.vault.vault import Vault\n"
        "try:\n"
        "    Vault.open(Path(sys.argv[1]), sys.argv[2])\n"
        "except DamagedVault:\n"
        "    print('damaged')\n",
        made.folder,
        PASSPHRASE,
    )
    assert (ended.stdout, ended.stderr) == ("damaged\n", "")
    assert isinstance(ended, subprocess.CompletedProcess)
