"""From checked claims to the answer: values in their sentences, the status, what is uncertain, what to ask next."""

from agents.answer.compose.answer import Conclusion, composed
from agents.answer.compose.failed import failed_answer

__all__ = ["Conclusion", "composed", "failed_answer"]
