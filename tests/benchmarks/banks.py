"""How long reading a large bank file takes and how much memory, beside the floor and three other libraries.

Run it with `make bench`. CAMT.053 and MT940 with 100,000 bookings each. The floor is a loop over
lxml.etree.iterparse that only counts entries. `als stroom` lets every booking go, `lees` keeps them all, as
the commands do. Beside them mt-940, bankstatementparser and camt053, installed for this alone in an
environment of their own (arguments: `--geen-anderen` leaves them out, a number is the number of bookings).
The ratio is that of processor time, which other work on the machine changes least. Every figure is a whole
process, three rounds, interleaved, the median counts; the others once. Then how many fields each finds in the
shared samples, where those are.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from pathlib import Path

from benchmarks.bank_files import WRITERS
from benchmarks.run import ROUNDS, Cost, cost, median

SAMPLES = Path(__file__).resolve().parents[2] / "../shared/bank/samples"
PEERS = ("mt-940==5.1.1", "bankstatementparser==0.0.29", "camt053==0.0.20")
FLOOR = """
import sys
from lxml import etree
for _, entry in etree.iterparse(sys.argv[1], events=("end",), tag="{*}Ntry"):
    entry.clear()
    while entry.getprevious() is not None:
        del entry.getparent()[0]
"""
STREAM = """
import sys
from debiteuren.banks import HEAD, pick
with open(sys.argv[1], "rb") as stream:
    dialect = pick(stream.read(HEAD))
    stream.seek(0)
    for _ in dialect.read("x", stream):
        pass
"""
READ = """
import sys
from pathlib import Path
from debiteuren.banks import read_bank_files
read_bank_files(Path(sys.argv[1]))
"""
MT940_PEER = "import sys, mt940; mt940.parse(sys.argv[1])"
BSP_MT940 = "import sys; from bankstatementparser import Mt940Parser as P; P(sys.argv[1]).parse()"
BSP_CAMT = "import sys; from bankstatementparser import CamtParser as P; P(sys.argv[1]).parse()"
CAMT_PEER = "import sys, camt053; camt053.parse_document(open(sys.argv[1], encoding='utf-8').read())"
OTHERS = {
    "CAMT.053": {"bankstatementparser": BSP_CAMT, "camt053": CAMT_PEER},
    "MT940": {"mt-940": MT940_PEER, "bankstatementparser": BSP_MT940},
}

# bankstatementparser goes by the name of a file.
_SUFFIX = {"CAMT.053": "xml", "MT940": "sta"}
FIELDS = ("naam", "IBAN", "omschrijving", "kenmerk", "e2e")
OUR_FIELDS = """
import json, sys
from pathlib import Path
from debiteuren.banks import read_bank_files
count = dict.fromkeys(("boekingen", "naam", "IBAN", "omschrijving", "kenmerk", "e2e"), 0)
for name in json.load(sys.stdin):
    for file in read_bank_files(Path(name)):
        for found in file.transactions:
            values = (found.name, found.counter_account, found.description, found.reference, found.end_to_end)
            for key, value in zip(count, (True, *values)):
                count[key] += bool(value)
print(json.dumps(count))
"""
# What each of them gives as a field of its own; the whole :86: as one text counts as remittance.
BSP_FIELDS = """
import json, sys
from bankstatementparser import CamtParser, Mt940Parser
count = dict.fromkeys(("boekingen", "naam", "IBAN", "omschrijving", "kenmerk", "e2e"), 0)
full = lambda value: isinstance(value, str) and value.strip() not in {"", "NOTPROVIDED"}
for name in json.load(sys.stdin):
    try:
        rows = (CamtParser if name.endswith("xml") else Mt940Parser)(name).parse().to_dict("records")
    except Exception:
        continue
    for row in rows:
        count["boekingen"] += 1
        count["naam"] += full(row.get("Debtor")) or full(row.get("Creditor"))
        count["IBAN"] += full(row.get("DebtorIBAN")) or full(row.get("CreditorIBAN"))
        count["omschrijving"] += full(row.get("Reference")) or full(row.get("description"))
        count["e2e"] += full(row.get("EndToEndId"))
print(json.dumps(count))
"""
MT940_FIELDS = """
import json, sys, mt940
count = dict.fromkeys(("boekingen", "naam", "IBAN", "omschrijving", "kenmerk", "e2e"), 0)
for name in json.load(sys.stdin):
    try:
        found = mt940.parse(name).transactions
    except Exception:
        continue
    for each in found:
        data = each.data
        count["boekingen"] += "amount" in data
        count["naam"] += bool(data.get("applicant_name"))
        count["IBAN"] += bool(data.get("applicant_iban"))
        count["omschrijving"] += bool(data.get("purpose") or data.get("transaction_details"))
        count["e2e"] += bool(data.get("end_to_end_reference"))
print(json.dumps(count))
"""
CAMT_FIELDS = """
import json, sys, camt053
count = dict.fromkeys(("boekingen", "naam", "IBAN", "omschrijving", "kenmerk", "e2e"), 0)
for name in json.load(sys.stdin):
    try:
        document = camt053.parse_document(open(name, encoding="utf-8").read())
    except Exception:
        continue
    for each in (detail for statement in document.statements for entry in statement.entries
                 for detail in entry.details or [None]):
        values = each.to_dict() if each else {}
        count["boekingen"] += 1
        count["naam"] += bool(values.get("counterparty_name"))
        count["IBAN"] += bool(values.get("counterparty_account"))
        count["omschrijving"] += bool(values.get("additional_info"))
        count["e2e"] += (values.get("end_to_end_id") or "NOTPROVIDED") != "NOTPROVIDED"
print(json.dumps(count))
"""


def others_python(folder: Path) -> str | None:
    """A Python with the other libraries, None (and said so) where they can't be installed."""
    home = folder / "anderen"
    try:
        venv.create(home, with_pip=True)
        python = str(home / ("Scripts" if sys.platform == "win32" else "bin") / "python")
        pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", *PEERS]
        subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.stdout.write(
            f"\n!!! De andere bibliotheken zijn NIET gemeten: {', '.join(PEERS)} lieten zich niet installeren"
            f" ({error}).\n"
        )
        return None
    return python


def measure(folder: Path, bookings: int, peers: str | None) -> None:
    """One line per program and format, with its ratio to the floor."""
    for form, write in WRITERS.items():
        path = folder / f"groot.{_SUFFIX[form]}"
        write(path, bookings)
        own = {"debiteuren als stroom": STREAM, "debiteuren lees": READ}
        if form == "CAMT.053":
            own = {"iterparse telt": FLOOR, **own}
        programs = {name: (sys.executable, program) for name, program in own.items()}
        if peers:
            programs.update({name: (peers, program) for name, program in OTHERS[form].items()})
        costs: dict[str, list[Cost]] = {name: [] for name in programs}
        for count in range(ROUNDS):
            for name, (python, program) in programs.items():
                if name not in own and count:
                    continue  # once: they take up to half a minute
                costs[name].append(cost([python, "-c", program, str(path)]))
        middle = {name: median(found) for name, found in costs.items()}
        first = next(iter(middle))
        sys.stdout.write(f"\n{form}, {bookings} boekingen ({path.stat().st_size / 1e6:.0f} MB)\n")
        for name, each in middle.items():
            ratio = each.processor / middle[first].processor
            sys.stdout.write(
                f"  {name:22} {each.seconds:7.2f} s {each.processor:7.2f} s processor"
                f" {each.megabytes:6.0f} MB   {ratio:5.2f} keer {first}\n"
            )


def fields(folder: Path, peers: str | None) -> None:
    """How many of the bookings in the shared samples get each field, per library."""
    if not SAMPLES.is_dir():
        sys.stdout.write("\nVelden niet geteld: ../shared/bank/samples is er niet.\n")
        return
    for form, pattern in (("CAMT.053", "[!_]*/camt05*/*.xml"), ("MT940", "[!_]*/mt940/*.*")):
        names = []
        for number, sample in enumerate(sorted(SAMPLES.glob(pattern))):
            names.append(str(folder / f"{number}.{_SUFFIX[form]}"))
            shutil.copyfile(sample, names[-1])
        programs = {"debiteuren": (sys.executable, OUR_FIELDS)}
        if peers:
            programs["bankstatementparser"] = (peers, BSP_FIELDS)
            other = ("camt053", CAMT_FIELDS) if form == "CAMT.053" else ("mt-940", MT940_FIELDS)
            programs[other[0]] = (peers, other[1])
        sys.stdout.write(f"\nVelden in {len(names)} gedeelde voorbeelden, {form}\n")
        heads = "".join(f"{head:>14}" for head in ("boekingen", *FIELDS))
        sys.stdout.write(f"  {'':22}{heads}\n")
        for name, (python, program) in programs.items():
            counted = _counted(python, program, names)
            figures = "".join(f"{counted[key]:14}" for key in ("boekingen", *FIELDS))
            sys.stdout.write(f"  {name:22}{figures}\n")


def _counted(python: str, program: str, names: list[str]) -> Mapping[str, int]:
    done = subprocess.run(
        [python, "-c", program], input=json.dumps(names), capture_output=True, text=True, check=True
    )
    counted: dict[str, int] = json.loads(done.stdout.strip().splitlines()[-1])
    return counted


def main() -> None:
    """Measure for each number of bookings given."""
    words = sys.argv[1:]
    sizes = [int(word) for word in words if word.isdigit()] or [100_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peers = None if "--geen-anderen" in words else others_python(folder)
        for size in sizes:
            measure(folder, size, peers)
        fields(folder, peers)


if __name__ == "__main__":
    main()
