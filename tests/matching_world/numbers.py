"""Invoice numbers in the styles that bookkeeping packages use, and how payers write them wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from matching_world.habits import Several, Text
from matching_world.words import options


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How numbers are made: prefix, year (four, two or no digits), separator, sequence of at least `width`.

    With a year the sequence begins anew each year; without one it goes on from `start`.
    """

    name: str
    prefix: str = ""
    year: int = 4
    separator: str = ""
    width: int = 4
    start: int = 0
    months: bool = False


STYLES = (
    Style(name="2026-0042", separator="-"),
    Style(name="F20260042", prefix="F"),
    Style(name="20260042"),
    Style(name="26/042", year=2, separator="/", width=3),
    Style(name="1042", year=0, width=1, start=1000),
    Style(name="VF26.00042", prefix="VF", year=2, separator=".", width=5),
    Style(name="INV-00042", prefix="INV-", year=0, width=5),
    Style(name="202603-012", separator="-", width=3, months=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number in its parts."""

    style: Style
    year: str
    sequence: str

    def __str__(self) -> str:
        return f"{self.style.prefix}{self.year}{self.style.separator if self.year else ''}{self.sequence}"

    @property
    def digits(self) -> str:
        return self.year + self.sequence


class Numbering:
    """Hands out numbers in the order of issue."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._last: dict[str, int] = {}

    def next(self, day: date) -> Number:
        style = self._style
        year = {0: "", 2: f"{day:%y}", 4: f"{day:%Y}"}[style.year] + (f"{day:%m}" if style.months else "")
        self._last[year] = self._last.get(year, style.start) + 1
        return Number(style=style, year=year, sequence=str(self._last[year]).zfill(style.width))


_WORDS = options(
    "factuur {}|Factuur {}|factuurnummer {}|Factuurnr. {}|fact. {}|fact {}|factnr {}|nota {}|inv {}|"
    "Betreft factuur {}|betaling factuur {}|Invoice {}|ovv {}|Factuur: {}|betaling {}|faktuur {}|nr. {}|"
    "FACTUURNUMMER {}|fac {}|Uw factuur {}|rekening {}"
)
_SURE_WORDS = ("fact. {}", "factuur {}", "fact nr {}", "factuurnr {}", "nota {}", "Factuur {}", "nr {}")


def in_words(random: Random, written: str) -> str:
    return random.choice(_WORDS).format(written)


def applies(how: Text, number: Number) -> bool:
    """Whether this habit can change a number of this style at all."""
    written = str(number)
    return {
        Text.NO_PREFIX: bool(number.style.prefix),
        Text.NO_YEAR: bool(number.year),
        Text.SHORT_YEAR: bool(number.year),
        Text.NO_ZEROS: number.sequence.startswith("0"),
        Text.LETTER_O: "0" in written,
        Text.LETTER_L: "1" in written,
        Text.OTHER_SEPARATOR: bool(number.year),
        Text.TRANSPOSED: len(set(number.sequence)) > 1,
    }.get(how, True)


def write(random: Random, number: Number, how: Text) -> str:
    """The number of one invoice as this payer writes it; words only where they belong to the habit."""
    if how in {Text.BARE, Text.OWN_ID}:
        return str(number)
    if how is Text.GLUED:
        return random.choice(("fact{}", "FACTUUR{}", "factuur{}", "Factnr{}", "nota{}", "F{}")).format(number)
    if how is Text.NO_YEAR:
        return random.choice(_SURE_WORDS).format(number.sequence)
    change = _CHANGES.get(how)
    return in_words(random, change(random, number) if change else str(number))


def _other_separator(random: Random, number: Number) -> str:
    style = number.style
    mark = random.choice([one for one in ("-", "/", ".", " ", "", "_") if one != style.separator])
    return f"{style.prefix}{number.year}{mark}{number.sequence}"


def _no_zeros(_random: Random, number: Number) -> str:
    style = number.style
    mark = (style.separator or "-") if number.year else ""
    return f"{style.prefix}{number.year}{mark}{number.sequence.lstrip('0')}"


def _no_prefix(_random: Random, number: Number) -> str:
    return str(number).removeprefix(number.style.prefix)


def _short_year(_random: Random, number: Number) -> str:
    style = number.style
    year = f"20{number.year}" if style.year == len("26") else number.year[2:]
    return f"{style.prefix}{year}{style.separator}{number.sequence}"


def _letter_o(random: Random, number: Number) -> str:
    return str(number).replace("0", random.choice(("O", "o")), random.choice((1, 2, 9)))


def _letter_l(random: Random, number: Number) -> str:
    return str(number).replace("1", random.choice(("l", "I")))


def _split(random: Random, number: Number) -> str:
    whole = str(number)
    at = random.randrange(1, len(whole))
    return f"{whole[:at]} {whole[at:]}"


def _spaces(random: Random, number: Number) -> str:
    style = number.style
    parts = (style.prefix, number.year, style.separator, number.sequence)
    return random.choice((" ".join(filter(None, parts)), " ".join(str(number))))


def _wrong_digit(random: Random, number: Number) -> str:
    sequence = number.sequence
    at = random.randrange(len(sequence))
    other = random.choice([sign for sign in "0123456789" if sign != sequence[at]])
    return str(replace(number, sequence=sequence[:at] + other + sequence[at + 1 :]))


def _transposed(random: Random, number: Number) -> str:
    sequence = number.sequence
    at = random.choice([at for at in range(len(sequence) - 1) if sequence[at] != sequence[at + 1]])
    return str(replace(number, sequence=sequence[:at] + sequence[at + 1] + sequence[at] + sequence[at + 2 :]))


_CHANGES: dict[Text, Callable[[Random, Number], str]] = {
    Text.OTHER_SEPARATOR: _other_separator,
    Text.NO_PREFIX: _no_prefix,
    Text.NO_ZEROS: _no_zeros,
    Text.SHORT_YEAR: _short_year,
    Text.LETTER_O: _letter_o,
    Text.LETTER_L: _letter_l,
    Text.SPLIT: _split,
    Text.SPACES: _spaces,
    Text.TRANSPOSED: _transposed,
    Text.WRONG_DIGIT: _wrong_digit,
}


def write_several(random: Random, numbers: Sequence[Number], how: Several) -> str:
    """The numbers of several invoices as this payer writes them; in order of sequence."""
    first, *rest = numbers
    word = random.choice(("fact. ", "facturen ", "factuurnrs ", "nrs ", "Facturen: ", "nota's ", ""))
    if how is Several.SUFFIXES:
        return f"{word}{first} en {' en '.join(one.sequence for one in rest)}"
    if how is Several.SEQUENCES:
        mark = random.choice(("/", ", ", " + ", "-"))
        return f"nrs {mark.join(one.sequence.lstrip('0') for one in numbers)}"
    if how is Several.DASHED:
        keep = random.choice((2, 3))
        if any(one.sequence[:-keep] != first.sequence[:-keep] for one in rest):
            keep = len(numbers[-1].sequence)
        return f"{word}{first}{''.join(f'-{one.sequence[-keep:]}' for one in rest)}"
    if how is Several.RANGE:
        return f"{word}{first} t/m {numbers[-1]}"
    if how is Several.SPACED:
        return " ".join(map(str, numbers))
    mark = random.choice((", ", " en ", " + ", "; ", " / ", ","))
    return word + mark.join(map(str, numbers))
