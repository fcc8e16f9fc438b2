"""Puts outlines into words: a title and a text in some reporter's manner."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from pesut.errors import InvalidInputError
from pesut.reports.privacy.arrival import Arrival, ReportText, masked_at_arrival
from pesut.sample.arriving import Arriving
from pesut.sample.dice import Dice, Weighted, weighted
from pesut.sample.grammar import Grammar, names_in
from pesut.sample.outline import Matter, Outline
from pesut.sample.report_spec import CategoryTexts, Issue, Mention, Style
from pesut.sample.spec import SampleSpec
from pesut.sample.spelling import Speller, clean

PLACE_KINDS = ("streets", "areas", "landmarks", "names")
SLOTS = frozenset({"at", "street", "area", "landmark", "name", "village", "district", "rt", "daypart", "subject"})
LONGEST_TITLE = 90
LONG_ENOUGH = 28  # characters of a title that may end at a comma
NICKNAMED = 0.35
PUDDLE = 0.15  # how deep water stands after rain where no river came
NOTES = 200  # remarks of each kind, made once: there are several for every report


@dataclass(frozen=True)
class VillageNames:
    village: str
    district: str


@dataclass(frozen=True)
class Told:
    """`planted`: kinds and values of personal data that were put in on purpose."""

    arrival: Arrival
    mention: str
    injected: bool = False
    planted: tuple[tuple[str, str], ...] = ()


class Teller:
    """Writes reports. Every symbol that a category's texts refer to must exist (InvalidInputError otherwise).

    `offset` is the city's distance from UTC in seconds; reports come in through `arriving`.
    """

    def __init__(
        self,
        spec: SampleSpec,
        villages: list[str],
        names: Mapping[str, VillageNames],
        offset: int,
        dice: Dice,
        arriving: Arriving,
    ) -> None:
        self.spec, self.dice, self.villages, self.offset, self.arriving = spec, dice, villages, offset, arriving
        self.names = [names[code] for code in villages]
        mentions = {f"mention_{kind}": mention.texts for kind, mention in spec.words.mentions.items()}
        self.common = Grammar({**spec.words.symbols, **mentions})
        self.texts = {each.category: each for each in spec.texts}
        self.issues = {each.category: {wet: _issues(each, wet=wet) for wet in (False, True)} for each in spec.texts}
        self.grammars = {key: grammar for each in spec.texts for key, grammar in _grammars(each, self.common).items()}
        for (category, issue), grammar in self.grammars.items():
            _check(f"{category}/{issue}", grammar)
        self.speller = Speller(spec.words, dice)
        self.places = [self._places(code) for code in villages]
        self.mentions = [self._mentions(place, named=False) for place in self.places]
        self.namings = [self._mentions(place, named=True) for place in self.places]
        self.hours = sorted(spec.words.dayparts)
        self.notes: dict[str, list[str]] = {}

    def tell(self, outline: Outline, style: Style, *, place_needed: bool) -> Told:
        matter = outline.matter
        if matter.campaign is not None:
            return self._campaign(matter, style)
        if not matter.slots:
            self._begin(matter)
        grammar = self.grammars[matter.category, matter.issue]
        mention = self.dice.draw((self.namings if place_needed else self.mentions)[matter.village])
        slots = matter.slots | {"daypart": self._daypart(outline.moment)}
        slots["at"] = grammar.write(f"mention_{mention}", self.dice, slots)
        body = self._body(grammar, matter, slots)
        title = clean(grammar.write(f"title_{matter.classification}", self.dice, slots))
        injected = self.dice.chance(self.spec.reports.injected)
        if injected:
            body = f"{body} {grammar.write('injection', self.dice, slots)}"
        address = self._address(matter) if self.dice.chance(self.spec.reports.addressed) else ""
        text = ReportText(title=self.speller.spell(title, style), body=self.speller.spell(body, style), address=address)
        arrival, planted = self.arriving.take_in(text, self.villages[matter.village], style)
        return Told(arrival, mention, injected, planted.found)

    def note(self, symbol: str) -> str:
        """A remark on what happened to a report."""
        if symbol not in self.notes:
            self.notes[symbol] = [clean(self.common.write(symbol, self.dice, {})) for _ in range(NOTES)]
        return self.dice.pick(self.notes[symbol])

    def _body(self, grammar: Grammar, matter: Matter, slots: dict[str, str]) -> str:
        """The text; leaves in `slots` what it is about, for the title to take up."""
        kernel = self.spec.words.kernels[matter.classification]
        slots[kernel] = clean(grammar.write(kernel, self.dice, slots))
        slots["subject"] = _headline(slots[kernel])
        return clean(grammar.write(matter.classification, self.dice, slots))

    def _begin(self, matter: Matter) -> None:
        """Choose the words that stay the same whoever tells of the matter."""
        place, names = self.places[matter.village], self.names[matter.village]
        matter.issue = self.dice.draw(self.issues[matter.category][matter.flood > 0])
        grammar = self.grammars[matter.category, matter.issue]
        slots = {kind[:-1]: self.dice.pick(options) for kind, options in place.items() if options}
        slots |= {"district": names.district, "rt": f"RT {self.dice.between(1, 48):02d}"}
        nicknamed = self.dice.chance(NICKNAMED)
        slots["village"] = slots.get("name", names.village) if nicknamed else names.village
        for symbol in self.texts[matter.category].matter:
            slots[symbol] = grammar.write(symbol, self.dice, slots)
        if "depth" in grammar.rules:
            slots["depth"] = self._depth(grammar, matter.flood or PUDDLE, slots)
        matter.slots = slots

    def _depth(self, grammar: Grammar, flood: float, slots: Mapping[str, str]) -> str:
        """Words for how deep the water stands: the depths are listed from shallow to deep."""
        depths = grammar.rules["depth"].options
        level = flood * len(depths) + self.dice.uniform() - 0.5
        return grammar.write_text(depths[min(max(int(level), 0), len(depths) - 1)], self.dice, slots)

    def _campaign(self, matter: Matter, style: Style) -> Told:
        campaign = matter.campaign
        assert campaign is not None
        body = self.dice.pick(campaign.texts)
        text = ReportText(title=self.dice.pick(campaign.titles), body=self.speller.spell(body, style))
        return Told(masked_at_arrival(self.arriving.masker, text), "village")

    def _address(self, matter: Matter) -> str:
        street = matter.slots.get("street") or matter.slots.get("area") or matter.slots["village"]
        return f"{street}, {matter.slots['rt']}, {self.names[matter.village].village}"

    def _daypart(self, moment: int) -> str:
        hour = (moment + self.offset) // 3600 % 24
        return self.spec.words.dayparts[self.hours[bisect_right(self.hours, hour) - 1]]

    def _places(self, village: str) -> dict[str, tuple[str, ...]]:
        places = self.spec.places.get(village)
        return {kind: getattr(places, kind) if places else () for kind in PLACE_KINDS}

    def _mentions(self, place: Mapping[str, tuple[str, ...]], *, named: bool) -> Weighted[str]:
        def fits(mention: Mention) -> bool:
            return (mention.needs is None or bool(place[mention.needs])) and (mention.names_region or not named)

        return weighted({kind: each.weight for kind, each in self.spec.words.mentions.items() if fits(each)})


def _issues(texts: CategoryTexts, *, wet: bool) -> Weighted[str]:
    def weight(issue: Issue) -> float:
        return issue.wet if wet and issue.wet is not None else issue.weight

    return weighted({name: weight(issue) for name, issue in texts.issues.items()})


def _grammars(texts: CategoryTexts, common: Grammar) -> dict[tuple[str, str], Grammar]:
    category = common.extended(texts.symbols)
    return {(texts.category, name): _of_issue(category, issue) for name, issue in texts.issues.items()}


def _of_issue(category: Grammar, issue: Issue) -> Grammar:
    more = {name: getattr(issue, name) for name in ("detail", "harm", "ask") if getattr(issue, name)}
    return category.extended({"core": issue.core, "title": issue.title}).enriched(more)


def _headline(text: str) -> str:
    """A title out of a sentence: up to a comma, if that is long enough, and never too long."""
    head = text.split(",", 1)[0]
    text = head if len(head) >= LONG_ENOUGH else text
    return text if len(text) <= LONGEST_TITLE else text[:LONGEST_TITLE].rsplit(" ", 1)[0]


def _check(name: str, grammar: Grammar) -> None:
    """Hold a grammar to what it refers to."""
    known = grammar.rules.keys() | SLOTS
    for symbol, rule in grammar.rules.items():
        if missing := set[str]().union(*(names_in(text) for text in rule.options)) - known:
            raise InvalidInputError(
                f"The sample texts of {name} refer in {symbol!r} to {', '.join(sorted(missing))}, which is nowhere.",
                remedy="Add the symbol, or mend its name.",
            )
