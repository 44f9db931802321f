"""What one guess at a passphrase costs here, and what it costs a thief: python -m tests.benchmarks.guess [times].

Measured is what opening a vault does with a passphrase: Argon2id and the unwrapping of the data key; in seconds of the
processor, which is what it takes on a machine at rest, and in seconds as they went by. A thief's rate is
an estimate, and an upper bound: cards that are bound by nothing but their memory's bandwidth (1,008 GB/s, as of an
RTX 4090), each of which reads and writes every block of a guess; 0.40 $ an hour and card.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Final

from spr_desktop.vault.keys import LEAST_COST, USUAL_COST, Argon2Cost, DataKey, calibrated_cost
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.slots import new_slot, new_slot_file, unlock

CARDS: Final = 100
_BYTES_A_SECOND: Final = 1_008e9
_DOLLARS_AN_HOUR: Final = 0.40
_BITS: Final = (30, 40, 50, 64.6)


def seconds(cost: Argon2Cost, times: int) -> tuple[float, float]:
    """How long it takes to try a passphrase: of the processor, and as it went by; the median of so many times."""
    data_key, secret = DataKey.generate(), Passphrase("measured and thrown away")
    slot_file = new_slot_file(data_key, "00" * 16, bytes(16), (new_slot(data_key, secret, cost, "00" * 16),))
    taken = []
    for _ in range(times):
        started = time.process_time(), time.perf_counter()
        unlock(slot_file, secret).wipe()
        taken.append((time.process_time() - started[0], time.perf_counter() - started[1]))
    processor, wall = zip(*taken, strict=True)
    return statistics.median(processor), statistics.median(wall)


def guesses_a_second(cost: Argon2Cost) -> float:
    """Of one card."""
    return _BYTES_A_SECOND / (1024 * cost.memory_kib * (3 * cost.iterations - 1))


def main(times: int) -> None:
    """Measure and print."""
    for name, cost in (("least", LEAST_COST), ("usual", USUAL_COST), ("calibrated here", calibrated_cost())):
        processor, wall = seconds(cost, times)
        sys.stdout.write(
            f"{name}: {cost.memory_kib // 1024} MiB, {cost.iterations} passes, {cost.lanes} lanes: "
            f"{processor:.2f} s of the processor, {wall:.2f} s\n"
        )
        rate = guesses_a_second(cost)
        for bits in _BITS:
            hours = 2 ** (bits - 1) / (rate * CARDS) / 3600
            dollars = hours * CARDS * _DOLLARS_AN_HOUR
            sys.stdout.write(
                f"  {bits} bits, {CARDS} cards at {rate:,.0f}/s: {hours / 24:,.2g} days, {dollars:,.2g} $\n"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
