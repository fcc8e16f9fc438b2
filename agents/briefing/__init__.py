"""The morning briefing: an answer to a standing question.

It goes the way of any answer, so that look-up, check, composition, storage and replay are the same; two things differ. Its plan
follows from the day, the city's tiles and the catalog's thresholds (`briefing_plan`), not from words; and its sentences are always
written from templates (`briefing_draft`), so that every morning reads alike and costs nothing. Nothing of Samarinda is in either.
"""

from agents.briefing.plan import briefing_plan
from agents.briefing.writing import briefing_draft

__all__ = ["briefing_draft", "briefing_plan"]
