"""What does it cost to look at one passphrase on this machine, and what many at once?

    python benchmarks/passphrase.py [--times 15] [--at-once 8]

Printed: the parameters in use (`interviews.passphrases`), the quickest of several looks (what else runs only adds) by
the clock of the processor, which in one lane is what a quiet machine takes, and by the clock on the wall; and the ratio
to the least that OWASP asks of argon2id (19 MiB, 2 passes, 1 lane), measured in the same run: milliseconds differ per
machine, the ratio much less. Then the time for as many at once as asked, and the most memory this process had: the pool keeps it at a few
hashes. Last line: the figure, with "good" when one look takes 250 to 500 ms.
"""

from __future__ import annotations

import argparse
import resource
import sys
import threading
import time
from collections.abc import Callable

from argon2 import PasswordHasher

from interviews import passphrases

OWASP = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
WANTED = (250.0, 500.0)
"""Milliseconds: slow for who guesses, bearable for who signs in."""
SECRET = "vier gewone woorden achter"  # nobody's


def quickest(look: Callable[[], object], times: int) -> tuple[float, float]:
    """Return the least that `look` takes, in milliseconds of the processor and on the wall; the first is not counted."""
    look()
    taken = []
    for _ in range(times):
        worked, started = time.process_time(), time.perf_counter()
        look()
        taken.append(((time.process_time() - worked) * 1000, (time.perf_counter() - started) * 1000))
    return min(work for work, _wall in taken), min(wall for _work, wall in taken)


def together(known: str, count: int) -> float:
    """Return how many milliseconds `count` looks take that are asked at one moment."""
    threads = [threading.Thread(target=passphrases.fits, args=(known, SECRET)) for _ in range(count)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--at-once", type=int, default=8)
    asked = parser.parse_args()
    known, least = passphrases.hash_of(SECRET), OWASP.hash(SECRET)
    one, wall = quickest(lambda: passphrases.fits(known, SECRET), asked.times)
    owasp, _wall = quickest(lambda: OWASP.verify(least, SECRET), asked.times)
    many = together(known, asked.at_once)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"argon2id: {passphrases.TIME_COST} passes, {passphrases.MEMORY_KIB // 1024} MiB, lanes: {passphrases.LANES}; "
        f"at most {passphrases.AT_ONCE} at once"
    )
    print(
        f"one look {one:.0f} ms ({wall:.0f} on the wall); the least OWASP asks {owasp:.0f} ms; ratio {one / owasp:.1f}"
    )
    print(f"{asked.at_once} asked at once: {many:.0f} ms in all; most memory of this process {peak:.0f} MB")
    good = WANTED[0] <= one <= WANTED[1]
    print(f"hash cost {one:.0f} ms: {'good' if good else f'not between {WANTED[0]:.0f} and {WANTED[1]:.0f} ms'}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
