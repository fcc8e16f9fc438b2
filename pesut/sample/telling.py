"""Puts outlines into words: a title and a text in some reporter's manner."""

from collections.abc import Mapping
from dataclasses import dataclass

from pesut.errors import InvalidInputError
from pesut.sample.dice import Dice, Weighted, weighted
from pesut.sample.grammar import Grammar, names_in
from pesut.sample.outline import Matter, Outline
from pesut.sample.spec import Mention, SampleSpec, Style
from pesut.sample.spelling import Speller, clean

PLACE_KINDS = ("streets", "areas", "landmarks", "names")
SLOTS = frozenset({"at", "street", "area", "landmark", "name", "village", "district", "rt"})
LONGEST_TITLE = 90


@dataclass(frozen=True)
class VillageNames:
    village: str
    district: str


@dataclass(frozen=True)
class Told:
    title: str
    body: str
    mention: str
    address: str
    injected: bool = False


class Teller:
    """Writes reports. Every symbol that a category's texts refer to must exist (InvalidInputError otherwise)."""

    def __init__(self, spec: SampleSpec, villages: list[str], names: Mapping[str, VillageNames], dice: Dice) -> None:
        self.spec, self.dice, self.villages = spec, dice, villages
        self.names = [names[code] for code in villages]
        mentions = {f"mention_{kind}": mention.texts for kind, mention in spec.words.mentions.items()}
        self.common = common = Grammar({**spec.words.symbols, **mentions})
        self.grammars = {each.category: common.extended(each.symbols) for each in spec.texts}
        self.matters = {each.category: each.matter for each in spec.texts}
        for category, grammar in self.grammars.items():
            _check(category, grammar, self.matters[category])
        self.speller = Speller(spec.words, dice)
        self.places = [self._places(code) for code in villages]
        self.mentions = [self._mentions(place, named=False) for place in self.places]
        self.namings = [self._mentions(place, named=True) for place in self.places]

    def tell(self, outline: Outline, style: Style, *, place_needed: bool) -> Told:
        matter = outline.matter
        if matter.campaign is not None:
            return self._campaign(matter, style)
        if not matter.slots:
            self._begin(matter)
        kinds = self.namings if place_needed else self.mentions
        mention = self.dice.draw(kinds[matter.village])
        grammar = self.grammars[matter.category]
        slots = matter.slots | {"at": ""}
        slots["at"] = grammar.write(f"mention_{mention}", self.dice, slots)
        body = clean(grammar.write(matter.classification, self.dice, slots))
        title = self._title(grammar, matter, slots, body)
        injected = self.dice.chance(self.spec.reports.injected)
        if injected:
            body = f"{body} {grammar.write('injection', self.dice, slots)}"
        address = self._address(matter) if self.dice.chance(self.spec.reports.addressed) else ""
        return Told(self.speller.spell(title, style), self.speller.spell(body, style), mention, address, injected)

    def note(self, symbol: str, told: Told) -> str:
        """A remark on what happened to a report."""
        return clean(self.common.write(symbol, self.dice, {"title": told.title}))

    def _begin(self, matter: Matter) -> None:
        """Choose the words that stay the same whoever tells of the matter."""
        grammar, place, names = self.grammars[matter.category], self.places[matter.village], self.names[matter.village]
        slots = {kind[:-1]: self.dice.pick(options) for kind, options in place.items() if options}
        slots |= {"district": names.district, "rt": f"RT {self.dice.between(1, 48):02d}"}
        slots["village"] = slots.get("name", names.village) if self.dice.chance(0.35) else names.village
        for symbol in self.matters[matter.category]:
            slots[symbol] = grammar.write(symbol, self.dice, slots)
        if matter.flood > 0 and "depth" in grammar.rules:
            slots["depth"] = self._depth(grammar, matter.flood, slots)
        matter.slots = slots

    def _depth(self, grammar: Grammar, flood: float, slots: Mapping[str, str]) -> str:
        """Words for how deep the water stands: the depths are listed from shallow to deep."""
        depths = grammar.rules["depth"].options
        level = flood * len(depths) + self.dice.uniform() - 0.5
        return grammar.write_text(depths[min(max(int(level), 0), len(depths) - 1)], self.dice, slots)

    def _title(self, grammar: Grammar, matter: Matter, slots: Mapping[str, str], body: str) -> str:
        if self.dice.chance(self.spec.reports.titles_from_body):
            return body[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",.:; ")
        return clean(
            grammar.write(
                "title" if matter.classification in PLAIN else f"title_{matter.classification}", self.dice, slots
            )
        )

    def _campaign(self, matter: Matter, style: Style) -> Told:
        campaign = matter.campaign
        assert campaign is not None
        body = self.dice.pick(campaign.texts)
        return Told(self.dice.pick(campaign.titles), self.speller.spell(body, style), "village", "")

    def _address(self, matter: Matter) -> str:
        street = matter.slots.get("street") or matter.slots.get("area") or matter.slots["village"]
        return f"{street}, {matter.slots['rt']}, {self.names[matter.village].village}"

    def _places(self, village: str) -> dict[str, tuple[str, ...]]:
        places = self.spec.places.get(village)
        return {kind: getattr(places, kind) if places else () for kind in PLACE_KINDS}

    def _mentions(self, place: Mapping[str, tuple[str, ...]], *, named: bool) -> Weighted[str]:
        def fits(mention: Mention) -> bool:
            return (mention.needs is None or bool(place[mention.needs])) and (mention.names_region or not named)

        return weighted({kind: each.weight for kind, each in self.spec.words.mentions.items() if fits(each)})


PLAIN = frozenset({"complaint", "supervision"})


def _check(category: str, grammar: Grammar, matter: tuple[str, ...]) -> None:
    """Hold a category's grammar to what it refers to."""
    known = grammar.rules.keys() | SLOTS | set(matter)
    for name, rule in grammar.rules.items():
        if missing := set[str]().union(*(names_in(text) for text in rule.options)) - known:
            raise InvalidInputError(
                f"The sample texts of {category!r} refer in {name!r} to {', '.join(sorted(missing))}, which is nowhere.",
                remedy="Add the symbol, or mend its name.",
            )
