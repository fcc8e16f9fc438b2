"""Language models, behind one door: typed answers by structured output, with what they cost."""

from pesut.llm.errors import ModelOutputError, ModelRefusedError, ModelUnavailableError, problems
from pesut.llm.gateway import Completion, Gateway, Message, Usage

__all__ = [
    "Completion",
    "Gateway",
    "Message",
    "ModelOutputError",
    "ModelRefusedError",
    "ModelUnavailableError",
    "Usage",
    "problems",
]
