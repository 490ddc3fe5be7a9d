"""How right the matcher is on made-up worlds, beside simpler matching; and how fast it is and how large.

Run it with `make bench`. First one company of 20,000 bookings, with the whole table; then the same with each
style of invoice numbers, 2,500 bookings each; then the speed: `match` on a ledger in memory, in a process of
its own. Options: --bookings N, --seed N, --failures FILE (the worst of it, with examples), --no-speed.
"""

import argparse
import gc
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from debiteuren.rules.matching import match
from matching_world import make_world
from matching_world.judging import Report, judge, judge_lines
from matching_world.numbers import STYLES
from matching_world.rivals import bankstatementparser, exact_matching
from matching_world.table import failures, lines, percent
from matching_world.world import ON

BOOKINGS = 20_000
PER_STYLE = 2_500
SEED = 6
SPEED = (15_000, 150_000)
_INVOICES = 100_000
_LARGEST = 150_000


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def right(bookings: int, seed: int, worst: Path | None) -> None:
    """The table of one company, the same company for others, and every style of numbers."""
    world = make_world(seed, bookings, style=0)
    report = judge(world, match(world.ledger(), world.on))
    say(f"Een bedrijf met {bookings} boekingen, nummers als {world.style}")
    say("\n".join(lines(report)))
    say("\nhetzelfde bedrijf")
    say(_short("onze koppeling", report))
    say(_short("nummer en bedrag precies", judge_lines(world, exact_matching(world))))
    try:
        say(_short("bankstatementparser", judge_lines(world, bankstatementparser(world))))
    except (OSError, subprocess.CalledProcessError) as error:
        say(f"  bankstatementparser is niet te installeren of te starten: {error}")
    if worst is not None:
        worst.write_text("\n".join(failures(world, report)), encoding="utf-8")
    say(f"\nper soort nummer, elk {PER_STYLE} boekingen")
    whole = Report()
    for style in range(len(STYLES)):
        small = make_world(seed + 1 + style, PER_STYLE, style=style)
        found = judge(small, match(small.ledger(), small.on))
        say(_short(f"{small.style}", found))
        whole.merge(found)
    say(_short("samen", whole))


def _short(name: str, report: Report) -> str:
    tally = report.whole
    return (
        f"  {name:26} precisie {percent(tally.precision)}, dekking {percent(tally.coverage)}, "
        f"top drie {percent(tally.top_three)}, van niemand maar Zeker {tally.nobody_sure}"
    )


def speed() -> None:
    """Seconds of one core and peak memory of `match` for each size, and how they grow.

    Processor time, so that other work on the machine counts less.
    """
    say("\nsnelheid: alle facturen open, alle boekingen nieuw")
    took = []
    for bookings in SPEED:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ledger.pickle"
            _elsewhere(_write_ledger, path, bookings)
            invoices, seconds, megabytes = _elsewhere(_measured, path, bookings)
        took.append(seconds)
        say(
            f"  {bookings:7} boekingen, {invoices:6.0f} facturen: "
            f"{seconds:6.2f} s, {megabytes:5.0f} MB voor het hele proces"
        )
    say(f"  tien keer zo veel duurt {took[-1] / took[0]:.1f} keer zo lang")


def _elsewhere(work: object, path: Path, bookings: int) -> tuple[float, float, float]:
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=work, args=(theirs, path, bookings))  # type: ignore[arg-type]
    process.start()
    theirs.close()
    found: tuple[float, float, float] = ours.recv()
    process.join()
    return found


def _write_ledger(answer: Connection, path: Path, bookings: int) -> None:
    """A ledger with two thirds as many invoices as bookings: 150,000 and 100,000."""
    world = make_world(SEED, bookings, style=0)
    ledger = world.ledger()
    assert len(ledger.invoices) >= bookings * _INVOICES // _LARGEST, len(ledger.invoices)
    path.write_bytes(pickle.dumps(ledger))
    answer.send((0.0, 0.0, 0.0))


def _measured(answer: Connection, path: Path, _bookings: int) -> None:
    ledger = pickle.loads(path.read_bytes())  # noqa: S301 - our own file of a moment ago
    gc.collect()
    gc.disable()  # as the command does
    begin = time.process_time()
    match(ledger, ON)
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
    answer.send((float(len(ledger.invoices)), seconds, megabytes))


def main() -> None:
    """Judge, then measure."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--bookings", type=int, default=BOOKINGS)
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--failures", type=Path, default=None)
    asked.add_argument("--no-speed", action="store_true")
    options = asked.parse_args()
    right(options.bookings, options.seed, options.failures)
    if not options.no_speed:
        speed()


if __name__ == "__main__":
    main()
