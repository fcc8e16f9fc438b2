"""What is said about patterns in reports, in both languages. `{name}` is filled by the writer, mostly with placeholders."""

from pesut.contracts import Language

PHRASES: dict[str, tuple[str, str]] = {
    "nothing_unusual": (
        "Tidak ada jumlah laporan yang di luar kebiasaan pada {period}.",
        "No count of reports was out of the ordinary, {period}.",
    ),
    "nearest_usual": (
        "Yang paling mendekati: {what}, {place}, {value} laporan; biasanya sekitar {expected}, wajarnya {usual_low} sampai {usual_high}.",
        "The nearest: {what}, {place}, {value} reports; usually about {expected}, ordinarily {usual_low} to {usual_high}.",
    ),
    "unusual_up": (
        "{what}, {place}: {value} laporan, biasanya sekitar {expected} dan jarang sampai {usual_high}; mulai {since}{also}.",
        "{what}, {place}: {value} reports, usually about {expected} and seldom as many as {usual_high}; it began on {since}{also}.",
    ),
    "unusual_few": (
        "{what}, {place}: {value} laporan, tetapi hanya dari {reporters} pelapor; biasanya sekitar {expected}; mulai {since}{also}.",
        "{what}, {place}: {value} reports, but from {reporters} reporters only; usually about {expected}; it began on {since}{also}.",
    ),
    "unusual_down": (
        "{what}, {place}: hanya {value} laporan, biasanya sekitar {expected} dan jarang kurang dari {usual_low}{also}.",
        "{what}, {place}: {value} reports only, usually about {expected} and seldom as few as {usual_low}{also}.",
    ),
    "also": ("; juga {places}", "; also {places}"),
    "also_in": ("{place} ({value})", "{place} ({value})"),
    "unusual_bound": (
        "Ukurannya pekan-pekan sebelumnya, musim, dan hari yang sama; alarm palsu dibatasi {bound} dari yang disebut di sini.",
        "Held against earlier weeks, the season and the same weekdays; false alarms are bounded at {bound} of those named here.",
    ),
    "silent": (
        "{village} ({district}): {value} laporan dari {inhabitants} penduduk; menurut penduduknya sekitar {expected}, menurut masa lalunya sekitar {expected_past}{last}.",
        "{village} ({district}): {value} reports from {inhabitants} inhabitants; by their number about {expected}, by its past about {expected_past}{last}.",
    ),
    "last_seen": ("; laporan terakhir {last}", "; the last on {last}"),
    "nobody_silent": (
        "Tidak ada wilayah yang diam tanpa dapat dijelaskan pada {period}.",
        "No place is silent beyond what chance explains, {period}.",
    ),
    "nearest_silent": (
        "Yang paling mendekati: {village} ({district}), {value} laporan; menurut penduduknya sekitar {expected}, menurut masa lalunya sekitar {expected_past}.",
        "The nearest: {village} ({district}), {value} reports; by its inhabitants about {expected}, by its past about {expected_past}.",
    ),
    "silent_bound": (
        "Diam belum berarti baik: periksa apakah warganya tahu dan dapat melapor. Alarm palsu dibatasi {bound}; laporan yang tidak menyebut tempat tidak ikut dihitung.",
        "Silence is not health: see whether people there know how to report, and can. False alarms are bounded at {bound}; reports that name no place do not count.",
    ),
    "short_history": (
        "Riwayat laporan belum cukup panjang untuk mengenali musim.",
        "The history of reports is too short to tell the season.",
    ),
}


def say(key: str, language: Language, **parts: str) -> str:
    """The phrase with its parts. Parts may hold placeholders: they are not looked into."""
    return PHRASES[key][language is Language.EN].format(**parts)
