"""Access control lists, and what the account of PostgreSQL is let through to."""

import errno
import os
import sys
from pathlib import Path

import pytest

from pesut.servers.account import Account, let_pass, let_read
from pesut.servers.acl import ATTRIBUTE, grant

STRANGER = Account(uid=54321, gid=54321)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux keeps access control lists this way")


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o700)
    try:
        os.getxattr(folder, ATTRIBUTE)
    except OSError as error:
        if error.errno == errno.ENOTSUP:
            pytest.skip("the file system keeps no access control lists")
    return folder


def test_others_get_nothing(closed: Path) -> None:
    grant(closed, STRANGER.uid, 0o1)
    mode = closed.stat().st_mode
    assert mode & 0o007 == 0
    assert mode & 0o070 == 0o010  # the mask: what the list may grant at most; the group's own entry stays empty


def test_granting_twice_adds(closed: Path) -> None:
    grant(closed, STRANGER.uid, 0o1)
    once = os.getxattr(closed, ATTRIBUTE)
    grant(closed, STRANGER.uid, 0o1)
    assert os.getxattr(closed, ATTRIBUTE) == once
    grant(closed, STRANGER.uid, 0o4)
    assert closed.stat().st_mode & 0o070 == 0o050


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")
def test_the_account_passes_and_reads_what_it_is_let_to(closed: Path) -> None:
    (closed / "tree").mkdir(mode=0o700)
    target, private = closed / "tree" / "file", closed / "private"
    for file in (target, private):
        file.write_text("text")
        file.chmod(0o600)
    assert not _readable_by_stranger(target)
    let_pass(closed / "tree", STRANGER)
    let_read(closed / "tree", STRANGER)
    assert _readable_by_stranger(target)
    assert not _readable_by_stranger(private)
    assert not _listable_by_stranger(closed)


def _as_stranger(action: str) -> bool:
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(STRANGER.gid)
        os.setuid(STRANGER.uid)
        try:
            exec(action)
        except PermissionError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _readable_by_stranger(path: Path) -> bool:
    return _as_stranger(f"open({str(path)!r}).read()")


def _listable_by_stranger(path: Path) -> bool:
    return _as_stranger(f"os.listdir({str(path)!r})")
