"""Personal data for sample reports: made up, and such as nobody can have.

Numbers of identity and family cards end in 0000, which is never given out; telephone numbers have a block of zeros; addresses lie in a
domain that cannot exist (RFC 2606). What was planted is kept as the truth that masking is measured by.
"""

from dataclasses import dataclass

from pesut.sample.dice import Dice
from pesut.sample.grammar import Grammar
from pesut.sample.report_spec import Identities, Style
from pesut.sample.spelling import Speller

SHAPES = {  # {0} to {2}: blocks of the number
    "phone": (
        "08{0}0000{1}",
        "08{0}-0000-{1}",
        "08{0} 0000 {1}",
        "+628{0}0000{1}",
        "+62 8{0}-0000-{1}",
        "628{0}0000{1}",
    ),
    "card": ("{0}{1}0000", "{0} {1} 0000", "{0}.{1}.0000"),
    "account": ("00{0}{1}", "00{0}-{1}", "00{0} {1}"),
    "plate": ("{0} {1} {2}", "{0}{1}{2}", "{0}-{1}-{2}"),
}
MARK = "⟦{}⟧"


@dataclass(frozen=True)
class Planted:
    """A text with personal data in it, each by its kind (as `pesut.reports.privacy.kinds` names them) and as it stands there."""

    text: str
    found: tuple[tuple[str, str], ...] = ()


class Planter:
    """Puts sentences with personal data into texts, spelled as the reporter spells."""

    def __init__(self, spec: Identities, speller: Speller, dice: Dice) -> None:
        self.spec, self.speller, self.dice = spec, speller, dice
        self.grammar = Grammar({"told": spec.texts})

    def plant(self, text: str, village: str, style: Style) -> Planted:
        """`village` is the Kemendagri code of where the reporter lives. Most texts stay as they are."""
        if not self.dice.chance(self.spec.share):
            return Planted(text)
        kinds = ("nik", "kk", "phone", "email", "handle", "plate", "account", "number", "home", "name")
        told = self.grammar.write("told", self.dice, {kind: MARK.format(kind) for kind in kinds})
        told = self.speller.spell(told, style)
        found: list[tuple[str, str]] = []
        for kind in kinds:
            for mark in (MARK.format(kind), MARK.format(kind.upper())):
                if mark in told:
                    value = self._cased(getattr(self, f"_{kind}")(village), told.replace(mark, ""))
                    told = told.replace(mark, value)
                    found.append((kind, value))
        first = self.dice.chance(self.spec.first)
        return Planted(f"{told} {text}" if first else f"{text} {told}", tuple(found))

    @staticmethod
    def _cased(value: str, around: str) -> str:
        return value.upper() if around.isupper() else value.lower() if around.islower() else value

    def _nik(self, village: str) -> str:
        woman = 40 * self.dice.below(2)
        return self._card(
            village,
            f"{self.dice.between(1, 28) + woman:02d}{self.dice.between(1, 12):02d}{self.dice.between(0, 99):02d}",
        )

    def _kk(self, village: str) -> str:
        return self._card(
            village, f"{self.dice.between(1, 28):02d}{self.dice.between(1, 12):02d}{self.dice.between(5, 25):02d}"
        )

    def _card(self, village: str, day: str) -> str:
        return self.dice.pick(SHAPES["card"]).format(village.replace(".", "")[:6], day)

    def _phone(self, _: str) -> str:
        return self.dice.pick(SHAPES["phone"]).format(self.dice.between(11, 59), f"{self.dice.below(10_000):04d}")

    def _email(self, _: str) -> str:
        return f"{self._word()}.{self._word()}{self.dice.below(100)}@surel.example"

    def _handle(self, _: str) -> str:
        return f"@{self._word()}_{self._word()}{self.dice.below(100)}"

    def _plate(self, _: str) -> str:
        return self.dice.pick(SHAPES["plate"]).format(self.spec.plate, self.dice.between(1000, 9999), "XX")

    def _account(self, _: str) -> str:
        return self.dice.pick(SHAPES["account"]).format(
            self.dice.between(1000, 9999), self.dice.between(10_000, 999_999)
        )

    def _number(self, _: str) -> str:
        return f"000{self.dice.between(100_000, 9_999_999)}"

    def _home(self, _: str) -> str:
        block = f"Blok {self.dice.pick('ABCDE')}{self.dice.between(1, 9)} "
        return f"{block if self.dice.chance(0.3) else ''}No. {self.dice.between(1, 150)}"

    def _name(self, _: str) -> str:
        return f"{self.dice.pick(self.spec.given)} {self.dice.pick(self.spec.family)}"

    def _word(self) -> str:
        return self.dice.pick(self.spec.given).lower()
