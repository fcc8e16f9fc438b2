"""What the planner says to the asker, in both languages."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pesut.contracts import EARLIEST, Language, LocalText, Period

_MONTHS_ID = (
    *(
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ),
)
_MONTHS_EN = (
    *(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
)


def _both(indonesian: str, english: str) -> LocalText:
    return LocalText(id=indonesian, en=english)


TEXTS: Mapping[str, LocalText] = {
    # assumptions
    "default_period": _both(
        "Waktu tidak disebut, jadi dihitung {period}.", "No period was named, so {period} was taken."
    ),
    "all_time": _both(
        "Dihitung semua laporan sampai sekarang, kapan pun diajukan.",
        "All reports up to now are counted, whenever submitted.",
    ),
    "overview": _both("Ringkasan keadaan", "Overview"),
    "came_in": _both("Umur laporan dihitung sejak diajukan: {period}.", "Age is counted from submission: {period}."),
    "loose_period": _both("“{said}” dibaca sebagai {period}.", "“{said}” was read as {period}."),
    "wider_period": _both(
        "{metric} tidak dicatat serinci itu, jadi diambil {period}.",
        "{metric} is not recorded that finely, so {period} was taken.",
    ),
    "coarser_grain": _both("{metric} paling rinci dicatat {grain}.", "{metric} is recorded {grain} at the finest."),
    "as_reports": _both(
        "“{said}” dibaca sebagai laporan warga kategori {term}.",
        "“{said}” was read as citizens' reports of the category {term}.",
    ),
    "as_class": _both(
        "“{said}” dibaca sebagai laporan kelas {term}.", "“{said}” was read as reports of the class {term}."
    ),
    "as_metric": _both("“{said}” dibaca sebagai {metric}.", "“{said}” was read as {metric}."),
    "read_as_metric": _both("Pertanyaan dibaca sebagai {metric}.", "The question was read as asking for {metric}."),
    "as_places": _both("“{said}” dibaca sebagai {places}.", "“{said}” was read as {places}."),
    "as_items": _both("“{said}” mencakup {items}.", "“{said}” covers {items}."),
    "threshold": _both("Ambang {threshold} menurut {source}.", "The threshold {threshold} is that of {source}."),
    "from_before": _both("Melanjutkan pertanyaan sebelumnya.", "Continues the question before."),
    # notes: what is not covered
    "no_dimension": _both("{metric} tidak tersedia menurut {dimension}.", "{metric} is not available by {dimension}."),
    "no_share": _both(
        "{metric} tidak dapat dinyatakan sebagai bagian dari keseluruhan.", "{metric} has no share of a whole."
    ),
    "no_per_capita": _both(
        "{metric} tidak dapat dibagi jumlah penduduk.", "{metric} cannot be divided by inhabitants."
    ),
    "no_running_total": _both("{metric} tidak dapat dijumlahkan antarwaktu.", "{metric} does not add up over time."),
    "no_mean_of_counts": _both(
        "Rata-rata tidak dihitung; yang ditampilkan nilai {grain}.",
        "No average was taken; the values {grain} are shown.",
    ),
    "no_threshold": _both(
        "{metric} tidak memiliki ambang dalam katalog.", "The catalog has no threshold for {metric}."
    ),
    "no_threshold_at": _both(
        "{metric} di {items} tidak memiliki ambang dalam katalog.",
        "{metric} has no threshold for {items} in the catalog.",
    ),
    "no_urgency": _both(
        "Laporan tidak dipilah menurut kegawatannya; yang ditampilkan semuanya.",
        "Reports are not told apart by how urgent they are; all of them are shown.",
    ),
    "day_parts": _both(
        "Data dihitung per hari atau lebih panjang, dan tidak dipilah menurut {said}. Tanyakan jumlahnya per hari, misalnya.",
        "Data are counted by the day or longer, and are not told apart by {said}. Ask for them by day, for example.",
    ),
    "unknown_part": _both("Bagian “{said}” tidak ada datanya.", "There is no data for “{said}”."),
    "reports_by_words": _both(
        "Jumlah laporan tentang “{said}” tidak dihitung, karena bukan kategori dalam katalog; yang ditampilkan laporan yang isinya dekat.",
        "Reports about “{said}” are not counted, because it is no category of the catalog; those nearest in content are shown.",
    ),
    "no_cause": _both(
        "Data menunjukkan di mana dan pada apa perubahan terjadi, bukan sebabnya.",
        "The data show where and in what the change lies, not its cause.",
    ),
    # clarifying
    "which_metric": _both("Data mana yang dimaksud?", "Which data do you mean?"),
    "which_of": _both(
        "“{said}” dapat berarti beberapa hal. Yang mana?", "“{said}” may mean several things. Which one?"
    ),
    "what_about": _both("Apa yang ingin diketahui{where}?", "What would you like to know{where}?"),
    # declining
    "empty": _both(
        "Pertanyaannya kosong. Tulis satu pertanyaan tentang data kota.",
        "The question is empty. Write one about the city's data.",
    ),
    "unreadable": _both(
        "Pertanyaannya tidak terbaca. Tulis ulang dengan kata-kata biasa.",
        "The question cannot be read. Write it again in plain words.",
    ),
    "too_long": _both(
        "Pertanyaannya terlalu panjang ({length} huruf). Tulis ulang paling banyak {most} huruf.",
        "The question is too long ({length} characters). Write it again in at most {most}.",
    ),
    "personal": _both(
        "Data pribadi pelapor tidak ditampilkan. Yang tersedia: jumlah, isi dan penanganan laporan tanpa identitas.",
        "Reporters' personal data are not shown. Available are the number, content and handling of reports, without identities.",
    ),
    "orders": _both(
        "Saya hanya menjawab pertanyaan tentang data kota dan tidak menjalankan perintah. Tanyakan, misalnya: {example}",
        "I only answer questions about the city's data and carry out no orders. Ask, for example: {example}",
    ),
    "elsewhere": _both(
        "{place} di luar {city}. Saya hanya memegang data {city}.",
        "{place} lies outside {city}. I only hold data of {city}.",
    ),
    "out_of_scope": _both(
        "Pertanyaan ini di luar data, laporan dan dokumen {city}. Tanyakan, misalnya: {example}",
        "This question is outside the data, reports and documents of {city}. Ask, for example: {example}",
    ),
    "hello": _both(
        "Saya Pesut, pembaca data {city}. Tanyakan, misalnya: {example}",
        "I am Pesut, a reader of the data of {city}. Ask, for example: {example}",
    ),
    "no_data": _both(
        "Data tentang {topic} tidak ada di katalog {city}.{ask}",
        "The catalog of {city} holds no data about {topic}.{ask}",
    ),
    "ask_agency": _both(" Mintalah kepada {agency}.", " Ask {agency} for it."),
    "future": _both(
        "Masa {period} belum tiba, dan prakiraan tidak ada di katalog. Tanyakan masa yang sudah lewat.",
        "{period} has not come yet, and the catalog holds no forecasts. Ask about the past.",
    ),
    "unknown_region": _both(
        "“{place}” bukan wilayah yang dikenal di {city}.{nearest}",
        "“{place}” is not a region known in {city}.{nearest}",
    ),
    "nearest": _both(" Barangkali maksudnya {names}?", " Perhaps you mean {names}?"),
}
_GRAINS = {
    "hour": _both("per jam", "by the hour"),
    "day": _both("per hari", "by the day"),
    "week": _both("per minggu", "by the week"),
    "month": _both("per bulan", "by the month"),
    "quarter": _both("per triwulan", "by the quarter"),
    "year": _both("per tahun", "by the year"),
}
_DIMENSIONS = {
    "region": _both("wilayah", "region"),
    "district": _both("kecamatan", "district"),
    "village": _both("kelurahan", "village"),
    "agency": _both("perangkat daerah", "agency"),
    "category": _both("kategori", "category"),
    "status": _both("status", "status"),
    "channel": _both("kanal", "channel"),
    "classification": _both("klasifikasi", "classification"),
    "item": _both("rincian", "item"),
    "program": _both("program", "programme"),
}


def say(key: str, language: Language, **values: str) -> str:
    """The text of a key, filled in."""
    return TEXTS[key].in_(language).format(**values)


def grain_words(grain: str, language: Language) -> str:
    return _GRAINS[grain].in_(language)


def dimension_words(dimension: str, language: Language) -> str:
    return _DIMENSIONS[dimension].in_(language)


def listed(names: tuple[str, ...], language: Language, *, last: str = "") -> str:
    """ "A, B dan C"."""
    word = last or ("and" if language is Language.EN else "dan")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def period_words(period: Period, language: Language) -> str:
    """ "1 Agustus–31 Oktober 2026"; with the time of day where the bounds are no midnights."""
    first = period.start
    if first <= EARLIEST:
        return ("sampai " if language is Language.ID else "up to ") + _moment(period.end, language)
    last = period.end - timedelta(days=1) if _midnight(period.end) else period.end
    if _midnight(first) and (period.end - period.start) >= timedelta(days=1):
        if first.date() == last.date():
            return _date(first, language)
        return f"{_date(first, language, year=first.year != last.year)}–{_date(last, language)}"
    return f"{_moment(first, language)}–{_moment(period.end, language)}"


def _midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def _date(moment: datetime, language: Language, *, year: bool = True) -> str:
    months = _MONTHS_EN if language is Language.EN else _MONTHS_ID
    return f"{moment.day} {months[moment.month - 1]}" + (f" {moment.year}" if year else "")


def _moment(moment: datetime, language: Language) -> str:
    return (
        f"{_date(moment, language)} {moment:%H.%M}"
        if language is Language.ID
        else f"{_date(moment, language)} {moment:%H:%M}"
    )
