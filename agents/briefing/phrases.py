"""What a briefing says beside the sentences of answers, in both languages. `{name}` is filled by the writer, mostly with placeholders."""

from pesut.contracts import Language

PHRASES: dict[str, tuple[str, str]] = {
    "crossed": ("{subject}: {value}, {operator} {limit}.", "{subject}: {value}, {operator} {limit}."),
    "of_row": ("{about}, {name}", "{about}, {name}"),
    "on": (" pada {day}", ", {day}"),
    "more_crossed": (
        "{metric}: masih ada nilai lain yang melewati ambangnya.",
        "{metric}: further values are beyond their threshold.",
    ),
    "growing": (
        "Laporan warga pada {period}, dibanding {compared}: {rows}.",
        "Citizens' reports in {period}, against {compared}: {rows}.",
    ),
    "late": (
        "{agency}: {title}, tenggat {deadline}, terlambat {days} hari.",
        "{agency}: {title}, due on {deadline}, {days} days late.",
    ),
    "all_late": ("Seluruhnya {count} disposisi yang terlambat.", "{count} dispositions are late in all."),
    "review": ("{title}: menunggu dibaca sejak {since}.", "{title}: waiting for its readers since {since}."),
    "returned": ("{title}: dikembalikan untuk dilengkapi sejak {since}.", "{title}: sent back on {since}."),
    "approval": ("{title}: menunggu keputusan sejak {since}.", "{title}: waiting for a decision since {since}."),
    "approved": ("{title}: waktunya ditinjau hasilnya, {since}.", "{title}: its outcome is due for a look, {since}."),
    "all_due": ("Seluruhnya {count} keputusan yang menunggu.", "{count} decisions wait in all."),
    "where": ("Di kelurahan mana laporan {0} terbanyak tujuh hari terakhir?", "Where were most {0} reports this week?"),
    "what": ("Apa yang sebaiknya dilakukan tentang {0}?", "What should be done about {0}?"),
}


def say(key: str, language: Language, *values: str, **parts: str) -> str:
    """The phrase with its parts. Parts may hold placeholders: they are not looked into."""
    return PHRASES[key][language is Language.EN].format(*values, **parts)
