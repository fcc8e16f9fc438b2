"""Who told something, as a name that means nothing to anybody else."""

import hmac
import secrets
from hashlib import sha256
from pathlib import Path

from pesut.errors import UnavailableError
from pesut.intake.names import folded
from pesut.servers.private_files import keep_private

SECRET_FILE = "reporters.key"  # noqa: S105  the file's name
KEY_BYTES = 32
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
            return cls(_key(keep_private(path, lambda: secrets.token_hex(KEY_BYTES))))
        except (OSError, ValueError) as error:
            raise UnavailableError(
                f"The key that hides reporters' names cannot be read: {path}.",
                remedy="Restore the file from a backup; with a new one, known reporters count as new.",
            ) from error

    def __call__(self, reporter: str) -> str:
        return hmac.new(self._key, folded(reporter).encode(), sha256).hexdigest()[:_LENGTH]


def _key(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != KEY_BYTES:
        raise ValueError(f"{SECRET_FILE} holds no key")
    return key
