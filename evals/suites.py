"""The suites there are, by name."""

from collections.abc import Iterable

from evals.data import suite as data
from evals.faithfulness import suite as faithfulness
from evals.planning import suite as planning
from evals.recommendation import suite as recommendation
from evals.reports import suite as reports
from evals.robustness import suite as robustness
from evals.safety import suite as safety
from evals.suite import SuiteKind
from pesut.errors import InvalidInputError

SUITES: dict[str, SuiteKind] = {
    "data": data.KIND,
    "planning": planning.KIND,
    "reports": reports.KIND,
    "recommendation": recommendation.KIND,
    "safety": safety.KIND,
    "faithfulness": faithfulness.KIND,
    "robustness": robustness.KIND,
}


def kind_of(name: str) -> SuiteKind:
    """Raises InvalidInputError for a name that no suite has."""
    if name not in SUITES:
        raise InvalidInputError(f"There is no suite {name}.", remedy=f"There are {', '.join(SUITES)}.")
    return SUITES[name]


def known(names: Iterable[str]) -> tuple[str, ...]:
    """The same names, each once, or all there are. Raises InvalidInputError as `kind_of`."""
    wanted = tuple(dict.fromkeys(names))
    for name in wanted:
        kind_of(name)
    return wanted or tuple(SUITES)
