"""Text and lists on a terminal, and the staff review, which answers and decisions both show."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pesut.contracts import Language, ReviewOption, StaffReview

_PARTS = {
    Language.ID: ("Persoalan", "Praanggapan", "Fakta yang mempengaruhi", "Analisis", "Simpulan", "Saran"),
    Language.EN: ("Problem", "Assumptions", "Facts", "Analysis", "Conclusion", "Options"),
}
_RISK = {Language.ID: "Risiko", Language.EN: "Risk"}
_AGAINST = {Language.ID: "Keberatan terkuat", Language.EN: "Strongest objection"}


def printable(text: str) -> str:
    """Without control characters: what citizens wrote must not steer the terminal that shows it."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)


class Lines:
    """Writes to a terminal whatever people wrote, without being steered by it."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def line(self, text: str, style: str = "") -> None:
        self._console.print(Text(printable(text), style))

    def items(self, title: str, items: Sequence[str]) -> None:
        """A list under its title; nothing where it is empty."""
        if items:
            self.line(f"\n{title}", "bold")
        for item in items:
            self._console.print(Padding(Text(printable(f"• {item}")), (0, 0, 0, 2)))

    def review(self, review: StaffReview, language: Language) -> None:
        points = ((review.problem,), review.assumptions, review.facts, review.analysis, (review.conclusion,))
        *titles, last = _PARTS[language]
        for title, said in zip(titles, points, strict=True):
            self.items(title, [point.rendered for point in said])
        self.items(last, [_option(option, language) for option in review.options])


def _option(option: ReviewOption, language: Language) -> str:
    points = (
        option.action,
        option.deadline,
        option.budget,
        option.legal_basis,
        option.plan_link,
        option.expected_effect,
    )
    said = [option.title, option.agency_name, *(point.rendered for point in (*points, option.target) if point)]
    if option.risk:
        said.append(f"{_RISK[language]}: {option.risk.rendered}")
    against = f"{_AGAINST[language]}: {option.counter_argument.rendered}"
    return "\n".join(part for part in (*said, against) if part)
