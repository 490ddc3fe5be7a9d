"""A short run of the harness in tests/fuzz, and whole files from which one booking was taken or changed."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debiteuren.banks import read_bank_bytes
from fuzz.checks import check
from fuzz.corpus import corpus
from fuzz.run import run
from matching_world import make_world
from matching_world.bank_files import WRITERS

INPUTS = 1_000
WITH_BALANCES = [(bank, name) for bank, writers in WRITERS.items() for name in writers]


@pytest.mark.parametrize("name", sorted(corpus()))
def test_what_is_damaged_is_sound_before(name: str) -> None:
    assert check(corpus()[name]) in {"gelezen", "lijst", "geweigerd"}


def test_damaged_files_are_refused_cleanly_or_read_whole(tmp_path: Path) -> None:
    counts, findings = run(INPUTS, seed=20261121, found=tmp_path)
    assert findings == []
    assert sum(counts.values()) == INPUTS
    assert counts["gelezen"] > INPUTS // 10
    assert counts["geweigerd"] > INPUTS // 10


@settings(max_examples=60, deadline=None)
@given(which=st.sampled_from(WITH_BALANCES), seed=st.integers(0, 40), turn=st.integers(0, 10**6))
def test_a_lost_booking_never_goes_unseen(which: tuple[str, str], seed: int, turn: int) -> None:
    """The bank's balances stay as they were; one booking is gone."""
    bank, name = which
    random = Random(turn)  # noqa: S311 - a repeatable choice, no secret
    world = make_world(seed, 24)
    account = next(one for one in world.accounts if one[4:8] == bank)
    lines = [one for one in world.bookings if one.account == account]
    whole = WRITERS[bank][name](account, lines)
    damaged = _without_one(random, whole, name)
    file = read_bank_bytes(name, damaged)
    assert file.refused or any(statement.adds_up is False for statement in file.statements) or file.problems


def _without_one(random: Random, data: bytes, name: str) -> bytes:
    """One booking cut out between others, so that only the balances can tell."""
    if "CAMT" in name:
        parts = data.split(b"<Ntry>")
        at = random.randrange(1, len(parts))
        rest = parts[at].partition(b"</Ntry>")[2]
        parts[at - 1] += rest
        del parts[at]
        return b"<Ntry>".join(parts)
    if "MT940" in name:
        lines = data.split(b"\r\n")
        starts = [at for at, line in enumerate(lines) if line.startswith(b":61:")]
        begin = random.choice(starts)
        end = next(at for at in range(begin + 1, len(lines)) if lines[at].startswith((b":61:", b":62F:")))
        return b"\r\n".join(lines[:begin] + lines[end:])
    lines = data.split(b"\r\n")
    first = 0 if "TAB" in name else 1
    at = random.randrange(first + 1, len(lines) - 2)  # the first and the last row could not be missed
    return b"\r\n".join(lines[:at] + lines[at + 1 :])
