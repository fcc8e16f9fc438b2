"""What came of a decision, as far as the data can say."""

from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, Field

from pesut.contracts.base import Code, Contract
from pesut.contracts.decision import Expectation
from pesut.contracts.query import Dimension


class OutcomeVerdict(StrEnum):
    MET = "met"  # the target
    NOT_MET = "not_met"
    BETTER = "better"  # than before, where no target was set
    WORSE = "worse"
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"  # the data do not say


class Difference(Contract):
    """Difference in differences: how much more the decided regions changed than those without a decision.

    All values are means per region in the metric's unit. `estimate` is (treated_after - treated_before) - (controls_after -
    controls_before); `earlier` the same estimate one period before, which is near 0 where both went the same way until then;
    `as_good` the number of controls that by themselves changed at least as well. Angrist and Pischke, Mostly Harmless
    Econometrics (2009), section 5.2; for `as_good` Abadie, Diamond and Hainmueller (2010), JASA 105(490).
    """

    level: Dimension
    treated: tuple[Code, ...]
    controls: tuple[Code, ...]
    treated_before: float
    treated_after: float
    controls_before: float
    controls_after: float
    estimate: float
    earlier: float | None = None
    as_good: int | None = None


class Outcome(Contract):
    """What the metric shows after a decision. `before` and `after` are its values over periods of the same length up to and
    from the decision; `evidence` gives their ids by label; `no_difference` says in Indonesian why regions could not be compared.
    """

    decision_id: UUID
    expectation: Expectation
    verdict: OutcomeVerdict
    before: float | None = None
    after: float | None = None
    difference: Difference | None = None
    no_difference: str = ""
    evidence: dict[str, UUID] = Field(default_factory=dict)
    text: str
    sample: bool = False
    as_of: AwareDatetime
