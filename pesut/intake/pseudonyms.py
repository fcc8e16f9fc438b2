"""Who told something, as a name that means nothing to anybody else."""

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from pesut.errors import UnavailableError
from pesut.intake.names import folded

SECRET_FILE = "reporters.key"  # noqa: S105  the file's name
_LENGTH = 20  # hexadecimal digits: 80 bits


class Pseudonyms:
    """Keyed hashes of reporters, the same for the same person. Without the key nobody can try out names."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def of(cls, data_dir: Path) -> "Pseudonyms":
        """With the key of this data folder, made at first use and readable by its owner alone."""
        path = data_dir / SECRET_FILE
        try:
            if not path.exists():
                _make(path)
            return cls(bytes.fromhex(path.read_text("ascii").strip()))
        except (OSError, ValueError) as error:
            raise UnavailableError(
                f"The key that hides reporters' names cannot be read: {path}.",
                remedy="Restore the file from a backup; with a new one, known reporters count as new.",
            ) from error

    def __call__(self, reporter: str) -> str:
        return hmac.new(self._key, folded(reporter).encode(), sha256).hexdigest()[:_LENGTH]


def _make(path: Path) -> None:
    """Write a key, unless another process is first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(new)
    except FileExistsError:
        pass
    finally:
        new.unlink()
