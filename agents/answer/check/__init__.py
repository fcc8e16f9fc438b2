"""The checker: what a claim says is held against the evidence it names; what is not supported is cut, and counted."""

from agents.answer.check.claims import Checked, checked, fault_of
from agents.answer.check.edits import ensure_supported, unsupported_in

__all__ = ["Checked", "checked", "ensure_supported", "fault_of", "unsupported_in"]
