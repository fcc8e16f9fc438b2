"""What becomes of a report: forwarded, answered, closed, contested, opened again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pesut.sample.dice import Dice
from pesut.sample.report_spec import Handling, Reports

HOUR, DAY = 3600, 86_400
OPENS, CLOSES = 8 * HOUR, 16 * HOUR  # of the office, local time


@dataclass(frozen=True)
class State:
    """What is known of a report from `moment` on (all moments: seconds since 1970 in UTC)."""

    moment: int
    status: str
    category: str
    agency: str
    responded: int | None = None
    closed: int | None = None


@dataclass(frozen=True)
class Happening:
    kind: str
    moment: int
    actor: str
    note: str = ""  # the symbol that words it


@dataclass(frozen=True)
class Life:
    states: list[State]
    happenings: list[Happening]


class Handler:
    """Plays the agencies. `offset` is the city's distance from UTC in seconds, `now` when the story stops."""

    def __init__(
        self,
        spec: Reports,
        responsible: Mapping[str, tuple[str, ...]],
        weekdays: tuple[int, ...],
        offset: int,
        now: int,
        dice: Dice,
    ) -> None:
        self.spec, self.responsible, self.weekdays = spec, responsible, weekdays
        self.offset, self.now, self.dice = offset, now, dice

    def agency(self, category: str, classification: str) -> str:
        """Mostly the agency that answers for a category, at times the second one; misconduct goes to who supervises."""
        if classification == "supervision":
            return self.spec.supervised_by
        agencies = self.responsible[category]
        first, *others = agencies
        return others[0] if others and self.dice.chance(0.2) else first

    def live(self, submitted: int, state: State, right: tuple[str, str], reporter: str) -> Life:
        """The life of a report from its first `state`; `right` is the category and agency that should have it."""
        life = Life([state], [Happening("received", submitted, "")])
        self._forward(life)
        handling = self.spec.handling.get(state.agency, self.spec.default_handling)
        if self.dice.chance(handling.ignored):
            return self._so_far(life)
        if state.category != right[0] and self.dice.chance(self.spec.rerouted):
            self._reroute(life, right)
        self._respond(life, handling)
        if not self.dice.chance(handling.unfinished):
            self._close(life, handling)
            self._rate(life, handling, reporter)
        return self._so_far(life)

    def _so_far(self, life: Life) -> Life:
        """The part of a life that lies before now."""
        return Life(
            [state for state in life.states if state.moment < self.now],
            [each for each in life.happenings if each.moment < self.now],
        )

    def _forward(self, life: Life) -> None:
        first = life.states[0]
        moment = self._in_office(first.moment + self._about(2 * HOUR, 0.8))
        life.happenings.append(Happening("forwarded", moment, first.agency))

    def _reroute(self, life: Life, right: tuple[str, str]) -> None:
        moment = self._in_office(life.happenings[-1].moment + self._about(DAY, 0.7))
        life.states.append(replace(life.states[-1], moment=moment, category=right[0], agency=right[1]))
        life.happenings.append(Happening("forwarded", moment, right[1], "note_rerouted"))

    def _respond(self, life: Life, handling: Handling) -> None:
        state = life.states[-1]
        moment = self._in_office(life.happenings[-1].moment + self._about(handling.response * HOUR, handling.spread))
        life.states.append(replace(state, moment=moment, status="in_process", responded=moment))
        life.happenings.append(Happening("responded", moment, state.agency, "note_responded"))

    def _close(self, life: Life, handling: Handling) -> None:
        state = life.states[-1]
        moment = self._in_office(state.moment + self._about(handling.closing * HOUR, handling.spread))
        life.states.append(replace(state, moment=moment, status="done", closed=moment))
        life.happenings.append(Happening("closed", moment, state.agency, "note_closed"))

    def _rate(self, life: Life, handling: Handling, reporter: str) -> None:
        closed = life.states[-1]
        moment = closed.moment + self._about(DAY, 0.9)
        if self.dice.chance(handling.contested):
            life.happenings.append(Happening("rated", moment, reporter, "note_contested"))
            if self.dice.chance(self.spec.reopened):
                self._reopen(life, moment + self._about(3 * HOUR, 0.6), handling)
        elif self.dice.chance(self.spec.praised):
            life.happenings.append(Happening("rated", moment, reporter, "note_praised"))

    def _reopen(self, life: Life, moment: int, handling: Handling) -> None:
        state = replace(life.states[-1], moment=moment, status="reopened", closed=None)
        life.states.append(state)
        life.happenings.append(Happening("reopened", moment, state.agency, "note_reopened"))
        if self.dice.chance(0.8):
            self._close(life, handling)

    def _about(self, seconds: float, spread: float) -> int:
        """A duration whose median is `seconds`, at least a minute."""
        return int(max(seconds * 2.718281828 ** (spread * self.dice.normal()), 60))

    def _in_office(self, moment: int) -> int:
        """The moment itself in office hours, else within two hours of the next opening."""
        local = moment + self.offset
        day, second = divmod(local, DAY)
        if OPENS <= second < CLOSES and self._works(day):
            return moment
        day += second >= CLOSES
        while not self._works(day):
            day += 1
        return day * DAY + OPENS + self.dice.below(2 * HOUR) - self.offset

    def _works(self, day: int) -> bool:
        return (day + 3) % 7 in self.weekdays
