"""Damages files as life does (cut off, saved again, pasted together) and as somebody hostile would."""

import re
from collections.abc import Callable, Sequence
from random import Random

from matching_world.words import options

_HOSTILE = tuple(
    text.encode()
    for text in options(
        "\0|\ufffd|\u202e|=cmd!A0|&lol;|&#0;|<!DOCTYPE x>|]]>|\r|\n|\r\n|\"|'|;|,|\t|:61:|:86:|:60F:|:62F:|"
        ":20:|//|/REMI/|"
        "/EREF/|-}|{1:|<Ntry>|</Ntry>|</Stmt>|<Stmt>|<!--|-->|<![CDATA[|Omschrijving: | IBAN: |²|NaN|-|+|e9|"
        "99999999999999999999|1e999|0,00|-0,00|1.234|1,5|2023-07-81|00000000|20260230|EUR|USD|XXX|<STMTTRN>|"
        "</STMTTRN>|<TRNAMT>|Af|Bij|Debit|C|D|RC|RD|PDNG|INFO|true|D0|٣"
    )
)
_NUMBER = re.compile(rb"\d+(?:[.,]\d+)?")
_WORD = re.compile(rb"[^\s;,<>\"|/:]+")
_TAG = re.compile(rb"<[^<>]*>")
_SHORT = 12
_LONG = 5_000


def _flip(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data))
    return random.choice((data[:at], data[at:], data[:at] + data[at + random.randrange(1, 200) :]))


def _insert(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(_HOSTILE) * random.choice((1, 1, 1, 2, 50)) + data[at:]


def _lines(random: Random, data: bytes) -> bytes:
    end = b"\r\n" if b"\r\n" in data else b"\n"
    lines = data.split(end)
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    turn = random.randrange(5)
    if turn == 0:
        del lines[at]
    elif turn == 1:
        lines.insert(other, lines[at])
    elif turn == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif turn == 3:
        lines[at] += lines.pop(other) if len(lines) > 1 and at < len(lines) - 1 else b""
    else:
        lines[at] = lines[at][: random.randrange(len(lines[at]) + 1)]
    return end.join(lines)


def _replaced(
    shape: re.Pattern[bytes], made: Callable[[Random, bytes], bytes]
) -> Callable[[Random, bytes], bytes]:
    def change(random: Random, data: bytes) -> bytes:
        found = list(shape.finditer(data))
        if not found:
            return _flip(random, data)
        one = random.choice(found)
        return data[: one.start()] + made(random, one[0]) + data[one.end() :]

    return change


def _number(random: Random, old: bytes) -> bytes:
    digits = bytes(random.choice(b"0123456789") for _ in range(random.randrange(1, _SHORT)))
    return random.choice(
        (
            digits,
            digits + b",5",
            digits + b".123",
            b"-" + old,
            old + old,
            b"",
            b"0" * len(old),
            old.replace(b",", b"."),
        )
    )


def _word(random: Random, old: bytes) -> bytes:
    return random.choice((b"", old * 2, old[::-1], random.choice(_HOSTILE), b"x" * _LONG, old.swapcase()))


def _tag(random: Random, old: bytes) -> bytes:
    return random.choice(
        (b"", old * 2, old.replace(b"<", b"</"), old.upper(), b"<a>" * 300, old[:-1] + b' a="1">')
    )


def _encoded(random: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return random.choice(
        (
            text.encode("utf-16"),
            b"\xef\xbb\xbf" + data,
            text.replace("e", "é").encode("cp1252", "replace"),
            text.replace("\r\n", "\n").encode(),
            text.replace("\n", "\r").encode(),
            text.replace(";", ",").encode(),
            text.replace(",", ".").encode(),
            text.replace('"', "").encode(),
            "\n".join(f'"{line}"' for line in text.splitlines()).encode(),
        )
    )


_WAYS: Sequence[Callable[[Random, bytes], bytes]] = (
    _flip,
    _cut,
    _insert,
    _insert,
    _lines,
    _lines,
    _replaced(_NUMBER, _number),
    _replaced(_NUMBER, _number),
    _replaced(_WORD, _word),
    _replaced(_TAG, _tag),
    _encoded,
)


def mutated(random: Random, samples: Sequence[bytes]) -> bytes:
    """One of the samples, damaged in one to four ways; at times with another one pasted in."""
    data = random.choice(samples)
    if random.random() < 0.05:
        other = random.choice(samples)
        at, begin = random.randrange(len(data)), random.randrange(len(other))
        data = data[:at] + other[begin:]
    for _ in range(random.choice((1, 1, 2, 3, 4))):
        if data:
            data = random.choice(_WAYS)(random, data)
    return data
