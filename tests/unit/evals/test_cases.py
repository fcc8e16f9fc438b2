"""The cases of the data suite can be read, are told apart, and are parted fairly between open and held out."""

from evals.data.cases import DataCase, read_cases


def _all_cases() -> list[DataCase]:
    return read_cases("open") + read_cases("held_out")


def test_there_are_at_least_a_hundred_cases_with_ids_of_their_own() -> None:
    names = [case.id for case in _all_cases()]
    assert len(names) >= 100
    assert sorted(set(names)) == sorted(names)


def test_no_question_is_asked_twice() -> None:
    questions = [(case.after, phrasing.casefold()) for case in _all_cases() for phrasing in case.phrasings]
    assert len(set(questions)) == len(questions)


def test_about_a_third_is_held_out() -> None:
    held_out = len(read_cases("held_out")) / len(_all_cases())
    assert 1 / 4 <= held_out <= 2 / 5


def test_every_kind_is_in_both_parts() -> None:
    opened, held_out = ({case.kind for case in read_cases(part)} for part in ("open", "held_out"))
    assert opened == held_out
