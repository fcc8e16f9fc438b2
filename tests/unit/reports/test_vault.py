"""The vault gives back what was put in, to whoever has the key, and nothing that was tampered with."""

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from pesut.contracts import new_id
from pesut.errors import InvalidInputError, UnavailableError
from pesut.reports.privacy.arrival import ReportText
from pesut.reports.privacy.vault import KEY_FILE, Vault
from pesut.settings import Settings

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
TOLD = ReportText(title="Judul", body="Nama saya Budi 🙏, HP 081200001234", address="Jl. Mawar 1")


def _settings(folder: Path, key: str | None = None) -> Settings:
    return Settings(data_dir=folder, vault_key=SecretStr(key) if key is not None else None)


def test_what_is_sealed_can_be_opened_and_not_read() -> None:
    vault, report = Vault([OLD]), new_id()
    sealed = vault.seal(report, TOLD)
    assert vault.open(report, sealed) == TOLD
    assert b"Budi" not in sealed.ciphertext
    assert vault.seal(report, TOLD).ciphertext != sealed.ciphertext


def test_nothing_opens_that_was_altered_or_moved() -> None:
    vault, report = Vault([OLD]), new_id()
    sealed = vault.seal(report, TOLD)
    bent = replace(sealed, ciphertext=sealed.ciphertext[:-1] + bytes([sealed.ciphertext[-1] ^ 1]))
    for other, what in ((report, bent), (new_id(), sealed)):
        with pytest.raises(UnavailableError, match="altered"):
            vault.open(other, what)


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    report = new_id()
    before = Vault([OLD]).seal(report, TOLD)
    both = Vault([NEW, OLD])
    assert both.open(report, before) == TOLD
    assert both.seal(report, TOLD).key_id == Vault([NEW]).seal(report, TOLD).key_id
    with pytest.raises(UnavailableError, match=before.key_id):
        Vault([NEW]).open(report, before)


def test_the_key_of_the_data_folder_is_made_once_and_private(tmp_path: Path) -> None:
    report = new_id()
    with ThreadPoolExecutor(8) as pool:
        vaults = list(pool.map(Vault.of, [_settings(tmp_path)] * 16))
    assert vaults[0].open(report, vaults[-1].seal(report, TOLD)) == TOLD
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_a_key_from_outside_stands_above_the_file(tmp_path: Path) -> None:
    report, key = new_id(), b64encode(OLD).decode()
    sealed = Vault.of(_settings(tmp_path, f"{b64encode(NEW).decode()}, {key}")).seal(report, TOLD)
    assert Vault([NEW]).open(report, sealed) == TOLD
    assert not (tmp_path / KEY_FILE).exists()


@pytest.mark.parametrize("key", ["", "kunci", b64encode(b"short").decode(), f"{b64encode(OLD).decode()},"])
def test_what_is_no_key_is_refused(tmp_path: Path, key: str) -> None:
    (tmp_path / KEY_FILE).write_text(key)
    with pytest.raises(InvalidInputError, match="base64"):
        Vault.of(_settings(tmp_path))
