"""An answer on a terminal: the sentences, what to know of them, where they come from, how to go on."""

from rich.console import Console

from pesut.contracts import Answer, Language
from pesut.contracts.review import StaffReview

WORDS = {
    Language.ID: {
        "options": "Saran",
        "sources": "Sumber",
        "next": "Lanjutkan dengan",
        "choose": "Maksudnya yang mana?",
    },
    Language.EN: {"options": "Options", "sources": "Sources", "next": "Go on with", "choose": "Which one is meant?"},
}


def print_answer(answer: Answer, console: Console | None = None) -> None:
    """Print for a person, in the answer's language. Text that citizens wrote is printed as it is, never as markup."""
    out, words = console or Console(), WORDS[answer.language]
    out.print(answer.text, markup=False, highlight=False)
    for caveat in answer.caveats:
        out.print(f"! {caveat.text}", style="yellow", markup=False, highlight=False)
    if answer.clarify:
        _list(out, words["choose"], [option.question for option in answer.clarify.options])
    if answer.staff_review:
        _print_review(out, words["options"], answer.staff_review)
    _list(
        out, words["sources"], [f"{each.label} {each.id} {_described(answer, each.label)}" for each in answer.evidence]
    )
    _list(out, words["next"], list(answer.follow_ups))


def _print_review(out: Console, title: str, review: StaffReview) -> None:
    lines = [f"{option.title}: {option.action.rendered}" for option in review.options]
    _list(out, title, lines)


def _described(answer: Answer, label: str) -> str:
    evidence = next(each for each in answer.evidence if each.label == label)
    name = evidence.measure.name_id if evidence.measure else evidence.kind
    agencies = ", ".join(dict.fromkeys(each.agency_name for each in evidence.datasets))
    return f"{name} ({agencies})" if agencies else name


def _list(out: Console, title: str, lines: list[str]) -> None:
    if lines:
        out.print(f"\n{title}", style="bold")
        for line in lines:
            out.print(f"  {line}", markup=False, highlight=False)
