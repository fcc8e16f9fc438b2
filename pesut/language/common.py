"""Ordinary words of both languages, and which language a question is in."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import cast

import yaml

from pesut.contracts import Language
from pesut.language.tokens import Token

_FILE = Path(__file__).with_name("common.yml")
SMALL_WORDS = frozenset(
    [
        "yang",
        "di",
        "ke",
        "dari",
        "pada",
        "untuk",
        "oleh",
        "para",
        "dalam",
        "akan",
        "soal",
        "tentang",
        "the",
        "of",
        "in",
        "at",
        "for",
        "to",
        "a",
        "an",
        "by",
        "on",
        "is",
        "are",
        "nya",
        "ini",
        "itu",
    ]
)
_TELLING_ENGLISH = frozenset(
    [
        "the",
        "of",
        "is",
        "are",
        "was",
        "were",
        "how",
        "many",
        "much",
        "what",
        "which",
        "where",
        "when",
        "who",
        "why",
        "in",
        "at",
        "for",
        "to",
        "and",
        "or",
        "with",
        "show",
        "me",
        "list",
        "give",
        "do",
        "does",
        "did",
        "have",
        "has",
        "there",
        "by",
        "per",
        "than",
        "compared",
        "between",
        "since",
        "last",
        "past",
        "this",
        "week",
        "month",
        "year",
        "years",
        "months",
        "today",
        "yesterday",
        "it",
        "its",
        "that",
        "from",
        "on",
        "should",
        "can",
        "about",
        "people",
        "reports",
        "report",
        "complaints",
        "highest",
        "lowest",
        "most",
        "least",
        "number",
    ]
)
_TELLING_INDONESIAN = frozenset(
    [
        "yang",
        "di",
        "ke",
        "dari",
        "dan",
        "atau",
        "berapa",
        "apa",
        "apakah",
        "siapa",
        "kapan",
        "mana",
        "bagaimana",
        "kenapa",
        "mengapa",
        "dengan",
        "untuk",
        "pada",
        "dalam",
        "ini",
        "itu",
        "bulan",
        "tahun",
        "minggu",
        "hari",
        "lalu",
        "terakhir",
        "sekarang",
        "tidak",
        "belum",
        "sudah",
        "ada",
        "laporan",
        "warga",
        "kota",
        "kecamatan",
        "kelurahan",
        "banyak",
        "paling",
        "dibanding",
        "per",
        "tiap",
        "sejak",
        "saat",
        "tentang",
        "soal",
        "tunjukkan",
        "tampilkan",
        "sebutkan",
        "jumlah",
        "kalau",
    ]
)


@cache
def ordinary_words() -> frozenset[str]:
    """Words that exist in Indonesian or English whatever a city's catalog says."""
    return frozenset(word for words in _stored().values() for word in words.split())


@cache
def indonesian_words() -> frozenset[str]:
    """Ordinary words of Indonesian."""
    return frozenset(_stored()["indonesian"].split()) | _TELLING_INDONESIAN


@cache
def english_words() -> frozenset[str]:
    """Ordinary words of English."""
    return frozenset(_stored()["english"].split()) | _TELLING_ENGLISH


@cache
def light_words() -> frozenset[str]:
    """Words that carry no matter of their own, in both languages; of verbs only the roots."""
    return frozenset(_stored()["light_indonesian"].split()) | frozenset(_stored()["light_english"].split())


@cache
def _stored() -> dict[str, str]:
    return cast("dict[str, str]", yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def language_of(tokens: Sequence[Token], fallback: Language = Language.ID) -> Language:
    """The language whose small words the question uses more; `fallback` where it uses none of either."""
    english = sum(token.word in _TELLING_ENGLISH for token in tokens)
    indonesian = sum(token.word in _TELLING_INDONESIAN for token in tokens)
    if english == indonesian:
        return fallback
    return Language.EN if english > indonesian else Language.ID
