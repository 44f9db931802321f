"""How a passphrase is stretched into a key, and how every other key is derived from the one random key of a vault.

The data key is never used itself; each use has a key of its own, derived with a label of its own (security.md 3.3).
"""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from spr_desktop.vault.errors import MachineFault

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16

DATABASE_KEY: Final = b"spr-desktop vault 1: database"
SLOT_FILE_KEY: Final = b"spr-desktop vault 1: slot file"
CHAIN_KEY: Final = b"spr-desktop vault 1: record chain"
LAST_SEEN_KEY: Final = b"spr-desktop vault 1: last seen"
PARKED_KEY: Final = b"spr-desktop vault 1: parked drafts"
RECOVERY_SLOT: Final = b"spr-desktop vault 1: recovery slot"

_CALIBRATED_SECONDS: Final = 0.9
_MIB: Final = 1024


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one guess at a passphrase costs: memory in KiB, passes over it, and lanes that run at the same time."""

    memory_kib: int
    iterations: int
    lanes: int

    @property
    def is_readable(self) -> bool:
        """Whether a slot file may ask for it: bounds that keep a forged file from taking the machine down."""
        return 19 * _MIB <= self.memory_kib <= 2048 * _MIB and 1 <= self.iterations <= 64 and 1 <= self.lanes <= 16

    @property
    def is_enough(self) -> bool:
        """Whether a new slot may use it: not below RFC 9106's second choice."""
        floor = LEAST_COST
        return (
            self.is_readable
            and self.memory_kib >= floor.memory_kib
            and self.iterations >= floor.iterations
            and self.lanes >= floor.lanes
        )


LEAST_COST: Final = Argon2Cost(memory_kib=64 * _MIB, iterations=3, lanes=4)
USUAL_COST: Final = Argon2Cost(memory_kib=256 * _MIB, iterations=4, lanes=4)


class Stopwatch:
    """How long work in one thread takes on a machine that does nothing else, as near as that can be seen on any.

    The clock on the wall also counts what other programs took, the processor's also what other threads did.
    """

    __slots__ = ("_on_the_processor", "_on_the_wall")

    def __init__(self) -> None:
        self._on_the_wall, self._on_the_processor = time.perf_counter(), time.process_time()

    @property
    def seconds(self) -> float:
        """Since it was started."""
        return min(time.perf_counter() - self._on_the_wall, time.process_time() - self._on_the_processor)


def calibrated_cost() -> Argon2Cost:
    """A cost that takes 0.8 to 1.0 s on this machine, unless the least allowed takes longer or the most less."""
    stopwatch = Stopwatch()
    wipe(stretched(bytearray(b"calibration"), bytes(SALT_BYTES), USUAL_COST))
    return scaled_cost(stopwatch.seconds)


def scaled_cost(usual_seconds: float) -> Argon2Cost:
    """The cost for a machine on which the usual one takes so many seconds: more passes if fast, less memory if slow."""
    usual = USUAL_COST
    passes = usual.iterations * _CALIBRATED_SECONDS / usual_seconds
    if passes >= usual.iterations:
        return Argon2Cost(usual.memory_kib, min(64, round(passes)), usual.lanes)
    mib = int(usual.memory_kib * passes / LEAST_COST.iterations) // _MIB
    memory_kib = max(LEAST_COST.memory_kib, min(usual.memory_kib, mib * _MIB))
    return Argon2Cost(memory_kib, LEAST_COST.iterations, usual.lanes)


def stretched(secret: bytearray, salt: bytes, cost: Argon2Cost) -> bytearray:
    """A key from a passphrase, by Argon2id; raises MachineFault if the memory for it is not to be had."""
    key = bytearray(KEY_BYTES)
    argon2 = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    try:
        argon2.derive_into(secret, key)  # type: ignore[arg-type]  # takes any buffer, whatever its stub says
    except MemoryError:
        raise MachineFault("not enough memory to stretch the passphrase") from None
    return key


def derived(material: bytes | bytearray, label: bytes, salt: bytes | None = None) -> bytearray:
    """A key from one that is random already, by HKDF-SHA256."""
    key = bytearray(KEY_BYTES)
    HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=label).derive_into(material, key)
    return key


def wipe(key: bytearray) -> None:
    """Overwrite a key in memory."""
    key[:] = bytes(len(key))


class DataKey:
    """The random key from which all other keys of a vault are derived."""

    __slots__ = ("_material",)

    def __init__(self, material: bytearray) -> None:
        self._material = material

    @classmethod
    def generate(cls) -> DataKey:
        """A new key, from the operating system's random source."""
        return cls(bytearray(secrets.token_bytes(KEY_BYTES)))

    @property
    def material(self) -> bytearray:
        """The key itself, for wrapping it into a slot and nothing else."""
        return self._material

    def derive(self, label: bytes) -> bytearray:
        """The key for one use; the caller wipes it."""
        return derived(self._material, label)

    def is_same(self, other: DataKey) -> bool:
        """Whether both are one key; takes the same time for any other."""
        return hmac.compare_digest(self._material, other._material)

    def copy(self) -> DataKey:
        """The same key in memory of its own."""
        return DataKey(bytearray(self._material))

    def wipe(self) -> None:
        """Overwrite it; what is derived afterwards opens nothing."""
        wipe(self._material)
