"""Small files that only their owner may read, replaced whole."""

import os
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
