"""The answer of a run that could not be answered: it says so, and what to do."""

from datetime import UTC, datetime

from pesut import __version__
from pesut.contracts import Answer, AnswerStatus, Language, Plan, Question, new_id

_AGAIN = ("Silakan tanyakan lagi sebentar lagi.", "Please ask again shortly.")
_NARROWER = (
    "Silakan tanyakan untuk masa yang lebih pendek atau wilayah yang lebih kecil.",
    "Please ask for a shorter period or a smaller region.",
)
_REASONS = {
    "UnavailableError": (
        "bagian yang menyimpan data kota sedang tidak dapat dihubungi.",
        "the part that keeps the city's data is out of reach.",
    ),
    "TooSlowError": ("perhitungannya terlalu lama.", "it takes too long to compute."),
}
_FAULT = ("ada kesalahan di dalam Pesut, yang sudah dicatat.", "Pesut made a mistake, which was recorded.")
_OPENING = ("Pertanyaan ini belum dapat dijawab:", "This question could not be answered:")


def failed_answer(question: Question, kind: str, plan: Plan | None, catalog_version: str = "") -> Answer:
    """`kind` is the class of the error; what it said stays with the run, for operators."""
    made = plan or Plan()
    english = made.language is Language.EN
    advice = _NARROWER if kind == "TooSlowError" else _AGAIN
    text = " ".join(part[english] for part in (_OPENING, _REASONS.get(kind, _FAULT), advice))
    now = datetime.now(UTC)
    return Answer(
        id=new_id(),
        run_id=question.run_id,
        conversation_id=question.conversation_id,
        question=question.text,
        language=made.language,
        status=AnswerStatus.FAILED,
        text=text,
        plan=made,
        as_of=question.as_of or now,
        created_at=now,
        catalog_version=catalog_version,
        code_version=__version__,
    )
