"""A real Dovecot for the tests: on 127.0.0.1, with its own certificate, in a folder of its own.

It runs as root with the mail of an ordinary user, or wholly as who runs the tests. What stands in
`MISSING` says why it can't be had here.
"""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DOVECOT = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else "")
OPENSSL = shutil.which("openssl") or ""
MISSING = (
    ""
    if DOVECOT and OPENSSL
    else "Dovecot ontbreekt; scripts/install-system-packages installeert hem (dovecot-imapd)"
)
PASSWORD = "geheim€1"  # noqa: S105 - of a server that lives for one test
CAPABILITIES = "IMAP4rev1 LITERAL+ ID ENABLE IDLE UIDPLUS MOVE NAMESPACE SPECIAL-USE LIST-EXTENDED QUOTA"
_CONF = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
ssl = required
ssl_cert = <{home}/server.pem
ssl_key = <{home}/server.key
ssl_dh =
disable_plaintext_auth = yes
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
mail_location = {store}:{home}/mail/%u
mail_fsync = never
first_valid_uid = 1
mail_plugins = {plugins}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  {folders}
}}
protocol imap {{
  mail_max_userip_connections = 100
  {imap}
}}
{more}
"""
SPECIAL = "\n".join(
    f"mailbox {name} {{\n auto = subscribe\n special_use = \\{use}\n}}"
    for name, use in (("Concepten", "Drafts"), ("Verzonden", "Sent"), ("Prullenbak", "Trash"))
)
BY_NAME = "\n".join(f"mailbox {name} {{\n auto = create\n}}" for name in ("Drafts", "Sent", "Trash"))


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: `tls` and `plain` (STARTTLS) are ports, `authority` what signed its name."""

    home: Path
    tls: int
    plain: int
    authority: Path

    def log(self) -> str:
        """What it wrote down."""
        return (self.home / "dovecot.log").read_text(errors="replace")


@contextmanager
def dovecot(
    *,
    folders: str = SPECIAL,
    capabilities: str = "",
    quota: str = "",
    more: str = "",
    store: str = "sdbox",
) -> Iterator[Server]:
    """A server for the length of the block; `capabilities` what it says it can, '' all; `quota` as "10M"."""
    import pwd  # noqa: PLC0415 - Unix only

    home = Path(tempfile.mkdtemp(prefix="dovecot-", dir="/tmp"))
    home.chmod(0o755)
    try:
        tls, plain = _free_port(), _free_port()
        _certificate(home)
        root = os.geteuid() == 0
        mail_user = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
        (home / "mail").mkdir()
        os.chown(home / "mail", mail_user.pw_uid, mail_user.pw_gid)
        me = getpass.getuser()
        imap = [f"imap_capability = {capabilities}" if capabilities else ""]
        if quota:
            imap.append("mail_plugins = quota imap_quota")
            rules = f"quota_rule = *:storage={quota}\n quota_vsizes = yes"
            more += f"\nplugin {{\n quota = count:User quota\n {rules}\n}}\n"
        text = _CONF.format(
            home=home,
            internal="dovecot" if root else me,
            internal_group="dovecot" if root else _group(),
            login="dovenull" if root else me,
            store=store,
            plugins="quota" if quota else "",
            plain=plain,
            tls=tls,
            password=PASSWORD,
            uid=mail_user.pw_uid,
            gid=mail_user.pw_gid,
            folders=folders,
            imap="\n  ".join(imap),
            more=more,
        )
        (home / "dovecot.conf").write_text(text, encoding="utf-8")
        with (home / "out").open("wb") as out:
            process = subprocess.Popen(
                [DOVECOT, "-F", "-c", home / "dovecot.conf"], stdout=out, stderr=subprocess.STDOUT
            )
        try:
            _wait_for(tls, process, home)
            yield Server(home, tls, plain, home / "server.pem")
        finally:
            process.terminate()
            process.wait(timeout=20)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _group() -> str:
    import grp  # noqa: PLC0415 - Unix only

    return grp.getgrgid(os.getegid()).gr_name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _certificate(home: Path) -> None:
    subprocess.run(
        [
            *(OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", home / "server.key", "-out", home / "server.pem"),
        ],
        check=True,
        capture_output=True,
    )


def _wait_for(port: int, process: subprocess.Popen[bytes], home: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError((home / "out").read_text(errors="replace"))
