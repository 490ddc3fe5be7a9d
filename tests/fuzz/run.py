"""The long run: `PYTHONPATH=tests python -m fuzz.run --inputs 1000000 [--seed N] [--found MAP] [--atheris]`.

Own mutations of our own samples need nothing else. With --atheris (`pip install atheris`; wheels for Linux)
the same checks run under coverage guidance, which finds its own way into the readers. An input takes at most
five seconds of processor time and 200 MB, or that is a finding too. What is found is written to the folder.
"""

import argparse
import contextlib
import hashlib
import importlib
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import FrameType

from fuzz.checks import check
from fuzz.corpus import corpus
from fuzz.mutate import mutated

MOST_SECONDS = 5
MOST_GROWTH = 200
_REPORT_EVERY = 20_000
_KILO = 1024


class TooSlowError(Exception):
    """An input that takes longer than any statement of its size should."""


class TooLargeError(Exception):
    """An input that takes more memory than any statement of its size should."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooSlowError


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    """Within the time and the memory; only on Linux and macOS, in the main thread."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before > MOST_GROWTH * _KILO:
        raise TooLargeError


def run(inputs: int, seed: int, found: Path | None, *, talk: bool = False) -> tuple[Counter[str], list[str]]:
    """So many damaged files; what came of them, and what was found: the last lines of each traceback."""
    samples = list(corpus().values())
    signal.signal(signal.SIGPROF, _stop)
    counts: Counter[str] = Counter()
    findings: dict[str, str] = {}
    begin = time.monotonic()
    for at in range(inputs):
        random = Random(seed * 1_000_003 + at)  # noqa: S311 - a repeatable input, no secret
        data = mutated(random, samples)
        try:
            with _bounded():
                counts[check(data)] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            counts["gevonden"] += 1
            _keep(error, data, found, findings)
        if talk and (at + 1) % _REPORT_EVERY == 0:
            rate = (at + 1) / (time.monotonic() - begin)
            say(f"{at + 1} invoer, {rate:.0f} per seconde, {dict(counts)}, {len(findings)} soorten bevinding")
    return counts, list(findings.values())


def _keep(error: Exception, data: bytes, found: Path | None, findings: dict[str, str]) -> None:
    """The first input of each kind of finding: same error at the same place."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [frame for frame in frames if "debiteuren" in frame.filename or "checks" in frame.filename]
    last = where[-1] if where else frames[-1]
    key = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"
    if key in findings:
        return
    findings[key] = "".join(traceback.format_exception(error)[-4:])
    if found is not None:
        found.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(data).hexdigest()[:12]
        (found / f"{name}.bin").write_bytes(data)
        (found / f"{name}.txt").write_text(f"{key}\n{findings[key]}", encoding="utf-8")
    say(f"gevonden: {key}")


def guided(seeds: Path, inputs: int) -> None:
    """The same under atheris; our samples are where it begins."""
    atheris = importlib.import_module("atheris")
    seeds.mkdir(parents=True, exist_ok=True)
    for name, data in corpus().items():
        (seeds / name.replace(" ", "_")).write_bytes(data)

    def one(data: bytes) -> None:
        check(data)

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-runs={inputs}", f"-timeout={MOST_SECONDS}", str(seeds)], one)
    atheris.Fuzz()


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run as asked; 1 when something was found."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--inputs", type=int, default=1_000_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--found", type=Path, default=Path("fuzz-found"))
    asked.add_argument("--atheris", action="store_true")
    options = asked.parse_args()
    if options.atheris:
        guided(options.found / "seeds", options.inputs)
        return
    counts, findings = run(options.inputs, options.seed, options.found, talk=True)
    say(f"klaar: {options.inputs} invoer, {dict(counts)}")
    say("\n".join(findings) or "niets gevonden")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
