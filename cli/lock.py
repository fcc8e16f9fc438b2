"""One Pesut per data folder."""

import fcntl
import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from pesut.errors import ConflictError, UnavailableError
from pesut.servers.private_files import make_private_folder


@contextmanager
def hold(data_dir: Path, *, wait: Callable[[], None] | None = None, seconds: float = 0.0) -> Generator[None]:
    """Hold the data folder while the block runs. The kernel lets go of it when the process dies, however it dies.

    Raises ConflictError when another process still holds it after `seconds`; `wait` is called between tries. Raises
    UnavailableError for a folder that cannot be made or written.
    """
    descriptor = _open(data_dir)
    try:
        deadline = time.monotonic() + seconds
        while not _locked(descriptor):
            if wait is None or time.monotonic() > deadline:
                raise _in_use(data_dir, os.pread(descriptor, 20, 0).decode())
            wait()
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _open(data_dir: Path) -> int:
    try:
        make_private_folder(data_dir)
        return os.open(data_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise UnavailableError(
            f"The data folder {data_dir} cannot be used: {error.strerror}.",
            remedy="Give it to the user who runs Pesut, or choose another --data-dir.",
        ) from error


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _in_use(data_dir: Path, holder: str) -> ConflictError:
    return ConflictError(
        f"Pesut already runs on {data_dir} (process {holder}).",
        remedy="Use that one (`pesut doctor` shows its address), stop it, or choose another --data-dir.",
    )
