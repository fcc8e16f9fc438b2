"""The checker: what a claim says is held against the evidence it names; what is not supported is cut, and counted."""

from agents.answer.check.claims import Checked, checked, fault_of

__all__ = ["Checked", "checked", "fault_of"]
