"""Learning from labelled reports of any categories."""

from collections.abc import Callable

import numpy as np
import pytest

from pesut.errors import InvalidInputError
from pesut.reports.classification.damage import DamagedModelError
from pesut.reports.classification.learning import Lesson, learn
from pesut.reports.classification.saving import as_bytes, from_bytes
from pesut.reports.classification.texts import ReadText, ReportText, reader_of
from pesut.reports.classification.trial import Example, Setting, train

Make = Callable[[int, int], list[Lesson]]


def nothing(_: str) -> list[str]:
    return []


def test_categories_of_another_city_are_learned(lessons: Make) -> None:
    classifier = learn(lessons(40, 1), nothing, 0.9)
    unseen = lessons(20, 2)
    guesses = classifier.guess([lesson.text for lesson in unseen])
    assert all(guess.label == lesson.label for guess, lesson in zip(guesses, unseen, strict=True))
    assert all(0 <= guess.confidence <= 1 and guess.candidates for guess in guesses)


def test_what_it_has_never_heard_of_is_not_trusted(lessons: Make) -> None:
    classifier = learn(lessons(40, 1), nothing, 0.9)
    known, unknown = classifier.guess(
        [lessons(1, 3)[0].text, reader_of({}).read(ReportText("", "paspor ditolak imigrasi"))]
    )
    assert unknown.confidence < known.confidence


def test_a_correction_that_weighs_more_is_followed() -> None:
    def lesson(label: str, weight: float) -> Lesson:
        return Lesson(ReadText("", "", "kandang ayam bau"), label, weight)

    filler = [
        Lesson(ReadText("", "", f"{word} macam"), label) for label in "ab" for word in ("satu", "dua", "tiga") * 5
    ]
    assert _label([*filler, *[lesson("a", 1)] * 3, lesson("b", 1)]) == "a"
    assert _label([*filler, *[lesson("a", 1)] * 3, lesson("b", 9)]) == "b"


def _label(lessons: list[Lesson]) -> str:
    return learn(lessons, nothing, 0.9).guess([ReadText("", "", "kandang ayam bau")])[0].label


def test_an_agency_that_is_addressed_by_name_is_found_whatever_the_matter(lessons: Make) -> None:
    def addressing(lesson: Lesson) -> Lesson:
        text = lesson.text
        return Lesson(ReadText(f"dinas {lesson.label}", text.title, "laporan ke satu"), lesson.label)

    classifier = learn([addressing(each) for each in lessons(30, 1)], lambda label: [f"dinas {label}"], 0.9)
    assert classifier.guess([ReadText("dinas hama", "", "laporan ke dua")])[0].label == "hama"


def test_too_little_is_refused(lessons: Make) -> None:
    with pytest.raises(InvalidInputError, match="too few"):
        learn(lessons(2, 1), nothing, 0.9)
    with pytest.raises(InvalidInputError, match="too few"):
        learn([Lesson(ReadText("", "", "sama"), "satu")] * 50, nothing, 0.9)
    with pytest.raises(InvalidInputError, match="no words"):
        learn([Lesson(ReadText("", "", ""), label) for label in "ab" * 20], nothing, 0.9)


def test_a_model_comes_back_from_bytes_as_it_was(lessons: Make) -> None:
    classifier = learn(lessons(40, 1), nothing, 0.9)
    texts = [lesson.text for lesson in lessons(20, 2)]
    again = from_bytes(as_bytes(classifier))
    assert again.labels == classifier.labels
    assert np.allclose(again.classify(texts).confidence, classifier.classify(texts).confidence, atol=2e-3)
    assert as_bytes(again) == as_bytes(from_bytes(as_bytes(again)))


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"\x80\x04\x95pickle"])
def test_bytes_of_another_making_are_refused(body: bytes) -> None:
    with pytest.raises(DamagedModelError):
        from_bytes(body)


def test_figures_stand_beside_those_of_the_svm(examples: list[Example]) -> None:
    steps: list[str] = []
    _, figures = train(examples, Setting(nothing, 0.9, steps.append))
    assert figures.reports == 180
    assert figures.labels == 3
    for split in (figures.held_out, figures.later_dated):
        assert split.reports == 36
        assert split.learned_from == 144
        assert split.accuracy_interval[0] <= split.accuracy <= split.accuracy_interval[1]
        assert split.baseline.accuracy > 0.8
        apart = split.difference.accuracy
        assert apart.value == pytest.approx(split.accuracy - split.baseline.accuracy, abs=1e-3)
        assert sum(cell.reports for cell in split.confusion) == split.reports
        assert sum(cell.reports for cell in split.confusion if cell.truth == cell.predicted) == round(
            split.accuracy * 36
        )
    assert len(steps) == 3
