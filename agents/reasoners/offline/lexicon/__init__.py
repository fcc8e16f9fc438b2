"""A city's words, and what the words of a question may mean."""

from agents.reasoners.offline.lexicon.gathering import lexicon_of
from agents.reasoners.offline.lexicon.lexicon import Lexicon
from agents.reasoners.offline.lexicon.senses import Kind, Mention, Sense
from agents.reasoners.offline.lexicon.sentence import Sentence, sentence_of

__all__ = ["Kind", "Lexicon", "Mention", "Sense", "Sentence", "lexicon_of", "sentence_of"]
