"""The vault: what a report said before it was masked, sealed with AES-256-GCM.

A key is 32 random bytes, named by the first digits of its SHA-256, so that a new key can be put before an old one: the first seals,
all of them open. The report's id is sealed along with the text, so that no ciphertext can be moved to another report.
"""

import os
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import ValidationError

from pesut.errors import InvalidInputError, UnavailableError
from pesut.reports.privacy.arrival import ReportText
from pesut.servers.private_files import keep_private
from pesut.settings import Settings

KEY_BYTES = 32
NONCE_BYTES = 12  # what GCM is made for; random, which is sound for 2^32 texts under one key (NIST SP 800-38D)
KEY_FILE = "vault.key"


@dataclass(frozen=True)
class Sealed:
    key_id: str
    nonce: bytes
    ciphertext: bytes


class Vault:
    """Seals and opens originals. Who may open one is decided by `pesut.reports.privacy.originals`, not here."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        self._keys = {sha256(key).hexdigest()[:12]: AESGCM(key) for key in keys}
        self._current = next(iter(self._keys))

    @classmethod
    def of(cls, settings: Settings) -> "Vault":
        """With the keys of PESUT_VAULT_KEY, else with that of the data folder, made at first use and readable by its owner alone.

        Raises InvalidInputError for something that is no key, UnavailableError when the file cannot be read.
        """
        if settings.vault_key:
            return cls(_keys(settings.vault_key.get_secret_value(), "PESUT_VAULT_KEY"))
        path = settings.data_dir / KEY_FILE
        try:
            text = keep_private(path, lambda: b64encode(os.urandom(KEY_BYTES)).decode())
        except OSError as error:
            raise UnavailableError(
                f"The key of the vault cannot be read: {path}.", remedy="Restore the file from a backup."
            ) from error
        return cls(_keys(text, str(path)))

    def seal(self, report: UUID, original: ReportText) -> Sealed:
        nonce = os.urandom(NONCE_BYTES)
        text = original.model_dump_json().encode()
        return Sealed(self._current, nonce, self._keys[self._current].encrypt(nonce, text, report.bytes))

    def open(self, report: UUID, sealed: Sealed) -> ReportText:
        """Raises UnavailableError when the key is not here or the ciphertext is not what was sealed."""
        key = self._keys.get(sealed.key_id)
        if key is None:
            raise UnavailableError(
                f"The vault's key {sealed.key_id} is not here.",
                remedy=f"Add it to PESUT_VAULT_KEY, or restore {KEY_FILE}.",
            )
        try:
            return ReportText.model_validate_json(key.decrypt(sealed.nonce, sealed.ciphertext, report.bytes))
        except (InvalidTag, ValidationError) as error:
            raise UnavailableError(
                f"The original of report {report} was altered in the database.", remedy="Restore it from a backup."
            ) from error


def _keys(text: str, source: str) -> list[bytes]:
    try:
        keys = [b64decode(part.strip(), validate=True) for part in text.split(",")]
    except NoBase64:
        keys = []
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise InvalidInputError(
            f"{source} holds no key.",
            remedy=f"Give {KEY_BYTES} random bytes in base64 (openssl rand -base64 {KEY_BYTES}), the newest first, commas between.",
        )
    return keys
