"""How much a payer of one invoice pays, and what that makes of the evidence."""

from random import Random

from matching_world.habits import Amount, Payer, Text

_RIGHT = {Text.RIGHT, Text.BARE, Text.WITH_NOISE, Text.OWN_ID, Text.GLUED}


def changed(random: Random, cents: int, how: Amount) -> int:
    """What he pays of these cents."""
    if how is Amount.TYPO:
        return _typo(random, cents)
    return {
        Amount.ROUNDED: lambda: max(
            100, random.choice((cents // 100 * 100, -(-cents // 100) * 100, cents // 1000 * 1000))
        ),
        Amount.CENTS: lambda: cents + random.choice((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)),
        Amount.BANK_COSTS: lambda: max(100, cents - random.choice((500, 750, 1000, 1500))),
        Amount.DISCOUNT: lambda: cents - (cents * 2 + 50) // 100,
        Amount.OVER: lambda: cents + random.choice((100, 500, 1000, 2500, 10000)),
        Amount.COSTS: lambda: (
            cents + max(4000, cents * 15 // 100) + random.choice((0, random.randrange(50, 900)))
        ),
    }.get(how, lambda: cents)()


def _typo(random: Random, cents: int) -> int:
    digits = str(cents)
    places = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1] and digits[at + 1] != "0"]
    if not places:
        return cents + 900
    at = random.choice(places)
    return int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


def evidence(text: Text, amount: Amount, payer: Payer) -> str:
    """The class of evidence under which a booking is reported."""
    exact = amount in {Amount.EXACT, Amount.TWICE}
    if text is Text.REFERENCE:
        kind = "kenmerk van ons"
    elif text in _RIGHT:
        kind = "nummer goed"
    elif text in {Text.TRANSPOSED, Text.WRONG_DIGIT}:
        kind = "nummer fout"
    elif not (text.names_nothing or text is Text.PERIOD):
        kind = "nummer verhaspeld"
    elif payer in {Payer.OWN, Payer.SECOND}:
        kind = "geen nummer, eigen rekening"
    else:
        kind = "geen nummer, andere rekening"
    return f"{kind}, {'bedrag precies' if exact else 'ander bedrag'}"
