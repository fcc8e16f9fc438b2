"""Periods as people say them in Indonesian and English: a small grammar over words, with `now` as a parameter."""

from pesut.language.periods.reader import PeriodKind, PeriodMention, moved, periods_in

__all__ = ["PeriodKind", "PeriodMention", "moved", "periods_in"]
