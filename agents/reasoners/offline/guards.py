"""Questions that are not planned: unreadable ones, orders, questions for personal data, and what no city's data can tell."""

import re
import unicodedata

from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.lexicon import Kind, Sentence
from agents.reasoners.offline.messages import say
from pesut.contracts import MAX_QUESTION_CHARACTERS, Decline, DeclineReason, Language

_READABLE = 0.5  # share of letters, digits, marks and spaces below which a text is taken for binary
_LONGEST_WORD = 200
_MARKUP = re.compile(r"<[a-z/!][^<>]*>", re.IGNORECASE)  # of a page; nobody asks a question in it


def unreadable(text: str, language: Language = Language.ID) -> Decline | None:
    """A decline for an empty, overlong or binary text."""
    if not any(char.isalnum() for char in text):
        return Decline(
            reason=DeclineReason.UNREADABLE, message=say("unreadable" if text.strip() else "empty", language)
        )
    if len(text) > MAX_QUESTION_CHARACTERS:
        message = say("too_long", language, length=str(len(text)), most=str(MAX_QUESTION_CHARACTERS))
        return Decline(reason=DeclineReason.UNREADABLE, message=message)
    letters = sum(char.isalnum() or char.isspace() for char in text)
    if _MARKUP.search(text):
        return Decline(reason=DeclineReason.UNREADABLE, message=say("unreadable", language))
    strange = sum(unicodedata.category(char) in {"Cc", "Co", "Cn"} and char not in "\n\r\t" for char in text)
    if strange or letters / len(text) < _READABLE or max(map(len, text.split())) > _LONGEST_WORD:
        return Decline(reason=DeclineReason.UNREADABLE, message=say("unreadable", language))
    return None


def forbidden(sentence: Sentence, ground: Ground) -> Decline | None:
    """A decline for orders to the system and for personal data, whatever else the sentence asks."""
    cues = {sense.code for mention in sentence.mentions for sense in mention.of(Kind.CUE)}
    if "orders" in cues:
        message = ground.say("orders", example=ground.city.questions[0])
        return Decline(reason=DeclineReason.NOT_ALLOWED, message=message)
    if "identity" in cues or _asks_for_person(sentence):
        return Decline(reason=DeclineReason.NOT_ALLOWED, message=ground.say("personal"))
    return None


def _asks_for_person(sentence: Sentence) -> bool:
    """Whether a personal detail ("nomor telepon") is asked of somebody who reported."""
    return (
        _near(sentence, ("personal_field",), ("personal_owner", "personal_reporter"))
        or _near(sentence, ("personal_home",), ("personal_reporter",))
        or all(
            any(each.cue(name) for each in sentence.mentions)
            for name in ("personal_reporter", "personal_life", "where")
        )
    )


def _near(sentence: Sentence, fields: tuple[str, ...], owners: tuple[str, ...]) -> bool:
    starts = {each.start for each in sentence.considered if each.cue(*owners)}
    ends = {each.end for each in sentence.considered if each.cue(*fields)}
    return any(0 <= start - end <= 1 for start in starts for end in ends)
