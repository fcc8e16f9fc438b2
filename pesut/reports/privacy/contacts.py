"""E-mail addresses and accounts of social media, as far as they are not those of offices."""

import re
from collections.abc import Iterator

from pesut.reports.privacy.kinds import PersonalKind, Span
from pesut.reports.privacy.lexicon import lexicon
from pesut.reports.privacy.look import Look

_EMAIL = re.compile(
    r"[\w.%+-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\w-]{1,60}(?:\.[\w-]{2,60})*\.[A-Za-z]{2,10}\b", re.IGNORECASE
)
_AT = re.compile(r"(?<![\w.@])@(?=\w*[A-Za-z])[A-Za-z0-9_](?:[\w.]{1,29}\w)")
_LINK = re.compile(
    r"\b(?:facebook|fb|instagram|twitter|x|tiktok|t|telegram|linkedin|threads)\.(?:com|me|net)/(?:in/)?@?[\w.]{3,50}",
    re.IGNORECASE,
)
_TOLD_ACCOUNT = re.compile(
    r"\b(?:ig|instagram|fb|facebook|twitter|tiktok|telegram|akun)\b(?: (?:saya|sy|kami))?"
    r"(?: ?[:=] ?| )(?=\w*[\d_.]\w)([A-Za-z][\w.]{2,29})(?![\w@])",
    re.IGNORECASE,
)
_MEDIA = frozenset(
    {"ig", "instagram", "fb", "facebook", "twitter", "x", "tiktok", "t", "telegram", "linkedin", "threads", "akun"}
)
_HANDLE_PARTS = re.compile(r"[a-z]+|\d+")


def find_contacts(look: Look) -> Iterator[Span]:
    """E-mail addresses first: their ends look like accounts."""
    text = look.text
    if "@" in text or "(at)" in text or "[at]" in text:
        yield from (
            Span(*each.span(), PersonalKind.EMAIL) for each in _EMAIL.finditer(text) if _is_private(_user(each))
        )
        yield from (Span(*each.span(), PersonalKind.HANDLE) for each in _AT.finditer(text) if _is_private(each.group()))
    for pattern in (_LINK, _TOLD_ACCOUNT) if look.words & _MEDIA else ():
        for match in pattern.finditer(text):
            group = 1 if pattern.groups else 0
            if _is_private(match[group].rsplit("/", 1)[-1]):
                yield Span(*match.span(group), PersonalKind.HANDLE)


def _user(address: re.Match[str]) -> str:
    return re.split(r" ?(?:@|\(at\)|\[at\])", address.group(), maxsplit=1, flags=re.IGNORECASE)[0]


def _is_private(name: str) -> bool:
    """Whether no part of an account's name speaks of an office."""
    folded = name.lower().lstrip("@")
    parts = _HANDLE_PARTS.findall(folded)
    offices = lexicon().offices
    return not any(part in offices or any(len(one) > 3 and one in part for one in offices) for part in parts)
