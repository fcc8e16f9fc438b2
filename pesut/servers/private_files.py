"""Small files that only their owner may read, replaced whole."""

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def make_private_folder(path: Path) -> None:
    """Create the folder, closed to others; one that exists is left as it is."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)


def write_private(path: Path, text: str) -> None:
    """Replace the file's text at once, with mode 600, so that a reader sees the old or the new text, never half."""
    make_private_folder(path.parent)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)


def keep_private(path: Path, make: Callable[[], str]) -> str:
    """The file's text; one that is not there is made first, with mode 600, and whoever is first at it wins."""
    if not path.exists():
        make_private_folder(path.parent)
        descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # mode 600
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(name)
        Path(name).unlink()
    return path.read_text("ascii").strip()
