"""How many drafts a second go to a real Dovecot on this computer, over TLS, and how much memory that takes.

Run it with `make bench`. Each has a payment code and a 60 KiB copy. "Plaatsen" is from drafts that wait to
drafts in the mailbox, with the record of each made lasting; "alles" also makes the letters. Arguments: the
numbers of drafts (default 1000 and 10000).
"""

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.drafts import TOOK, copies, reminders
from benchmarks.run import ROUNDS, cost, median
from debiteuren.mail.drafts import Outbox
from debiteuren.mail.drafts.imap import ImapMailbox
from debiteuren.mail.drafts.imap_account import account_of
from debiteuren.mail.prepare import prepare
from mail.dovecot import MISSING, PASSWORD, dovecot
from reminder_examples import SETTINGS

_MODULE = "benchmarks.drafts_imap"
_MANY = 5_000
"""From here on once is enough: it takes minutes."""


def place(folder: Path, count: int, server: str, user: str) -> None:
    """Make and place so many drafts, and write down what it took."""
    planned = reminders(count)
    mailbox = ImapMailbox(account_of(server, user), lambda: PASSWORD)
    mailbox.check([])
    prepare(planned[:1], SETTINGS, (), datetime.now(UTC), folder / "facturen")  # everything is loaded
    outbox = Outbox(mailbox, folder / "postvak", folder / "concepten")
    begin = time.perf_counter()
    made = prepare(planned, SETTINGS, (), datetime.now(UTC), folder / "facturen")
    staged = outbox.stage(made.drafts)
    waiting = time.perf_counter()
    outbox.publish(staged)
    end = time.perf_counter()
    outbox.close()
    (folder / TOOK).write_text(json.dumps([end - waiting, end - begin]))


def measure(folder: Path, count: int, server: str) -> None:
    """One line: drafts a second, placed and in all, and the memory of the whole process."""
    copies(folder / "facturen", count)
    found, took = [], []
    for number in range(ROUNDS if count < _MANY else 1):
        shutil.rmtree(folder / "postvak", ignore_errors=True)
        shutil.rmtree(folder / "concepten", ignore_errors=True)
        user = f"ronde{number}x{count}@delinde.example"
        found.append(cost([sys.executable, "-m", _MODULE, "--place", str(folder), str(count), server, user]))
        took.append(json.loads((folder / TOOK).read_text()))
    placing, all_ = (statistics.median(each) for each in zip(*took, strict=True))
    sys.stdout.write(
        f"  {count:6} naar Dovecot: {count / placing:5.0f} per seconde plaatsen,"
        f" {count / all_:5.0f} per seconde alles, {median(found).megabytes:4.0f} MB\n"
    )


def main() -> None:
    """Measure for each number of drafts given; `--place` is one run of it."""
    if sys.argv[1:2] == ["--place"]:
        place(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5])
        return
    if MISSING:
        sys.stdout.write(f"  {MISSING}\n")
        return
    sys.stdout.write("\nConcepten met betaalcode en kopie van 60 KiB, in een postvak\n")
    with dovecot() as server:
        os.environ["SSL_CERT_FILE"] = str(server.authority)
        for count in [int(word) for word in sys.argv[1:]] or [1_000, 10_000]:
            with tempfile.TemporaryDirectory() as folder:
                measure(Path(folder), count, f"localhost:{server.tls}")


if __name__ == "__main__":
    main()
