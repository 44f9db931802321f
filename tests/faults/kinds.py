"""The kinds of changes that are killed, and that meet a full disk.

A kind says how one step is taken (committed once it returns), what somebody sees who opens the vault afterwards, and
what is to be seen after so many steps. After a kill it must be what it was after the last acknowledged step or after
the one in hand, and nothing else; that is all there is to prove, and it is the same for every kind.

A new kind is three functions and an entry: ``step``, ``seen``, ``wanted``. It makes with ``prepare`` what it needs
beforehand, once; each kill works on a copy. Look at ``kinds_of_records.py`` for those in the open vault, at
``kinds_of_vaults.py`` for those beside it, and at ``kinds_of_secrets.py`` for those of the slot file.
"""

from __future__ import annotations

from typing import Final

from tests.faults.kind import Kind
from tests.faults.kinds_of_records import RECORDS
from tests.faults.kinds_of_secrets import SECRETS
from tests.faults.kinds_of_vaults import VAULTS

KINDS: Final = (*RECORDS, *VAULTS, *SECRETS)
"""Every kind of change; see above for how one is added."""


def kind_of(name: str) -> Kind:
    """The kind of a name."""
    return next(each for each in KINDS if each.name == name)


def shares(kills: int) -> list[tuple[Kind, int]]:
    """Each kind with its share of so many kills."""
    return [(kind, kills // len(KINDS) + (place < kills % len(KINDS))) for place, kind in enumerate(KINDS)]
