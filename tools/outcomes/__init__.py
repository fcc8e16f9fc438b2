"""What came of a decision: its metric looked up again, against its target, the time before, and regions without a decision."""

from tools.outcomes.measuring import OutcomeQuestion, measure_outcome

__all__ = ["OutcomeQuestion", "measure_outcome"]
