"""The unprivileged account that PostgreSQL needs when Pesut runs as root, and how it reaches its files.

PostgreSQL refuses to run as root. So for root it runs as a system account of its own, which owns nothing but the
database's folder. Nobody else gets anything: where a folder on the way (often /root, mode 700) may not be passed, this one
account is let through by an access control list with search permission only. It can then open what it knows the name of and
may read, but list nothing; chmod o+x would grant that to every account of the machine, and o+rx their listing too.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pesut.errors import UnavailableError
from pesut.servers.acl import grant

NAME = "pesut-postgres"
SEARCH, READ = 0o1, 0o4
ELSEWHERE = "Run Pesut as an ordinary user, or point PESUT_DATABASE_URL at a PostgreSQL server."


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int


def server_account() -> Account | None:
    """The account to run PostgreSQL as; None when the present user will do. Raises UnavailableError when none can be made."""
    if os.geteuid() != 0:
        return None
    if not _exists():
        _create()
    entry = pwd.getpwnam(NAME)
    return Account(entry.pw_uid, entry.pw_gid)


def _exists() -> bool:
    try:
        return bool(pwd.getpwnam(NAME))
    except KeyError:
        return False


def _create() -> None:
    tool = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if tool is None:
        raise UnavailableError("PostgreSQL refuses to run as root, and useradd is missing.", remedy=ELSEWHERE)
    flags = (
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
    )
    made = subprocess.run((tool, *flags, NAME), capture_output=True, text=True, check=False)  # noqa: S603
    if not _exists():  # another Pesut may have made it meanwhile, so the exit code does not decide
        raise UnavailableError(f"The account {NAME} could not be made: {made.stderr.strip()}.", remedy=ELSEWHERE)


def let_pass(path: Path, account: Account) -> None:
    """Let the account pass every folder above `path` that is closed to it."""
    for folder in reversed(path.resolve().parents):
        _allow(folder, account, SEARCH)


def let_read(tree: Path, account: Account) -> None:
    """Let the account read all of `tree`, which a strict umask may have closed when it was installed."""
    for path in (tree, *_below(tree)):
        _allow(path, account, READ | SEARCH if path.is_dir() or path.stat().st_mode & 0o100 else READ)


def _below(tree: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(tree):
        yield from (Path(folder, name) for name in (*folders, *files))


def _allow(path: Path, account: Account, permission: int) -> None:
    status = path.stat()
    if status.st_mode & permission == permission or status.st_uid == account.uid:
        return
    try:
        grant(path, account.uid, permission)
    except OSError as error:
        raise UnavailableError(
            f"The account {NAME} may not pass {path}, and the file system keeps no access control list ({error.strerror}).",
            remedy=f"Choose a --data-dir and a checkout that other accounts may pass. {ELSEWHERE}",
        ) from error
