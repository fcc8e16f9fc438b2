"""What the offline reasoner says, in both languages. `{name}` is filled by the writer, mostly with placeholders."""

from pesut.contracts import Language

PHRASES: dict[str, tuple[str, str]] = {
    # what a figure is about
    "of_category": (" kategori {0}", " in the category {0}"),
    "of_status": (" berstatus {0}", " with the status {0}"),
    "of_channel": (" melalui {0}", " through {0}"),
    "of_classification": (" kelas {0}", " of the class {0}"),
    "of_agency": (" untuk {0}", " for {0}"),
    "of_item": (" ({0})", " ({0})"),
    "of_program": (" program {0}", " of the programme {0}"),
    "of_place": (" di {0}", " in {0}"),
    "of_other_place": (" di wilayah {0}", " in {0}"),
    "in_period": (" pada {0}", ", {0}"),
    "share": ("Bagian {0} dari keseluruhan", "Share of {0} in the whole"),
    "cumulative": ("{0} (kumulatif)", "{0} (running total)"),
    # one value
    "is": ("{subject} adalah {value}.", "{subject}: {value}."),
    "latest": ("{subject} terakhir tercatat {value}, pada {when}.", "{subject}: {value}, as last recorded on {when}."),
    "standing": ("{subject} sampai sekarang adalah {value}.", "{subject} up to now: {value}."),
    "changed": (
        "{subject} adalah {value}, {direction} {size}{ratio} dibanding {compared} ({previous}).",
        "{subject}: {value}, which {direction} by {size}{ratio} against {compared} ({previous}).",
    ),
    "unchanged": (
        "{subject} adalah {value}, {direction} dibanding {compared} ({previous}).",
        "{subject}: {value}, which {direction} against {compared} ({previous}).",
    ),
    "no_comparison": (
        "{subject} adalah {value}; untuk {compared} tidak ada data pembanding.",
        "{subject}: {value}; there are no data for {compared} to compare with.",
    ),
    "only_before": (
        "{subject} tidak ada datanya; pada {compared} tercatat {previous}.",
        "{subject}: no data; {previous} was recorded for {compared}.",
    ),
    "ratio": (" ({0})", " ({0})"),
    # several rows
    "highest": ("{subject}: tertinggi {first}{others}.", "{subject}: highest {first}{others}."),
    "lowest": ("{subject}: terendah {first}{others}.", "{subject}: lowest {first}{others}."),
    "followed": (", disusul {0}", ", followed by {0}"),
    "end_lowest": ("Yang terendah {0}.", "The lowest is {0}."),
    "end_highest": ("Yang tertinggi {0}.", "The highest is {0}."),
    "listed": ("{subject}: {rows}.", "{subject}: {rows}."),
    "all_same": ("{subject} sama untuk semuanya: {rows}.", "{subject} is the same for all: {rows}."),
    "all_same_many": (
        "{subject} sama untuk semua {count} baris, misalnya {rows}.",
        "{subject} is the same in all {count} rows, for instance {rows}.",
    ),
    "grew_most": (
        "Perubahan {subject} dibanding {compared}: {rows}.",
        "Change of {subject} against {compared}: {rows}.",
    ),
    "rose": (
        "{subject}: {count} naik dibanding {compared}, yaitu {rows}.",
        "{subject}: {count} rose against {compared}, namely {rows}.",
    ),
    "fell": (
        "{subject}: {count} turun dibanding {compared}, yaitu {rows}.",
        "{subject}: {count} fell against {compared}, namely {rows}.",
    ),
    "rose_more": (
        "{subject}: {count} naik dibanding {compared}, terutama {rows}.",
        "{subject}: {count} rose against {compared}, chiefly {rows}.",
    ),
    "fell_more": (
        "{subject}: {count} turun dibanding {compared}, terutama {rows}.",
        "{subject}: {count} fell against {compared}, chiefly {rows}.",
    ),
    "rose_none": (
        "{subject}: tidak ada yang naik dibanding {compared}.",
        "{subject}: none rose against {compared}.",
    ),
    "fell_none": (
        "{subject}: tidak ada yang turun dibanding {compared}.",
        "{subject}: none fell against {compared}.",
    ),
    "absent": ("{subject} nihil di {count} tempat: {rows}.", "{subject}: none in {count} places, namely {rows}."),
    "absent_more": (
        "{subject} nihil di {count} tempat, antara lain {rows}.",
        "{subject}: none in {count} places, among them {rows}.",
    ),
    "absent_none": ("{subject} ada di semua tempat.", "{subject}: there are some in every place."),
    "foremost": ("{subject}, yang teratas — {rows}.", "{subject}, foremost — {rows}."),
    "part": ("{name}: {rows}", "{name}: {rows}"),
    "row": ("{name} ({value})", "{name} ({value})"),
    "row_changed": ("{name} ({value}, {direction} {size})", "{name} ({value}, {direction} by {size})"),
    "row_unchanged": ("{name} ({value}, {direction})", "{name} ({value}, {direction})"),
    "beyond": (
        "Yang {operator} {limit} ada {count}: {rows}.",
        "{operator} {limit}: {count}, namely {rows}.",
    ),
    "beyond_more": (
        "Yang {operator} {limit} ada {count}, antara lain {rows}.",
        "{operator} {limit}: {count}, among them {rows}.",
    ),
    "beyond_one": ("{subject} {operator} {limit}, yaitu {value}.", "{subject}: {value} ({operator} {limit})."),
    "beyond_none": (
        "Tidak ada yang {operator} {limit} untuk {subject}.",
        "{subject}: nothing {operator} {limit}.",
    ),
    ">": ("di atas", "above"),
    ">=": ("minimal", "at least"),
    "<": ("di bawah", "below"),
    "<=": ("maksimal", "at most"),
    "reached": ("sudah mencapai", "has reached"),
    # over time
    "series_last": (
        "{subject}: terakhir {value} pada {when}.",
        "{subject}: {value} at last count, for {when}.",
    ),
    "series_partial": (
        "{subject}: sejauh ini {value} pada {when}, yang belum berakhir.",
        "{subject}: {value} so far for {when}, which is not over.",
    ),
    "series_high": (
        "Sepanjang {period}, yang tertinggi {value} pada {when}.",
        "In {period} the highest was {value}, for {when}.",
    ),
    "series_low": ("Yang terendah {value} pada {when}.", "The lowest was {value}, for {when}."),
    "series_flat": ("Nilainya sama sepanjang masa itu.", "It was the same all along."),
    "series_rows": ("{subject} pada {when}: {rows}.", "{subject} for {when}: {rows}."),
    # thresholds
    "threshold_row": ("{name}: {value} {operator} {limit}.", "{name}: {value} {operator} {limit}."),
    "threshold_one": ("Nilai {value} itu {operator} {limit}.", "That value, {value}, {operator} {limit}."),
    "is_above": ("berada di atas", "is above"),
    "is_below": ("berada di bawah", "is below"),
    "limit": ("ambang {name} {value} ({source})", "the threshold {name}, {value} ({source})"),
    "under_one": ("Nilai {value} itu masih di bawah {limit}.", "That value, {value}, is still below {limit}."),
    "over_one": ("Nilai {value} itu masih di atas {limit}.", "That value, {value}, is still above {limit}."),
    # nothing
    "nothing": ("Tidak ada data untuk {subject}.", "There are no data for {subject}."),
    "nothing_ask": (
        "Tidak ada data untuk {subject}; tanyakan kepada {agencies}.",
        "There are no data for {subject}; ask {agencies}.",
    ),
    # reports and papers
    "reports_found": ("Laporan yang ditampilkan: {count}.", "Reports shown: {count}."),
    "reports_near": (
        "Laporan yang paling dekat dengan yang ditanyakan ({count} ditampilkan):",
        "The reports nearest to what was asked ({count} shown):",
    ),
    "reports_none": (
        "Tidak ada laporan warga yang cocok.",
        "No citizens' report matches.",
    ),
    "quote": ("{quote} (laporan {number}, {when}).", "{quote} (report {number}, {when})."),
    "report": ("Laporan {number}, {when}: {title}.", "Report {number}, {when}: {title}."),
    "most_about": ("Terbanyak: {rows}.", "Most of them: {rows}."),
    "paper": ("Menurut {title}{number}: {quote}", "According to {title}{number}: {quote}"),
    "paper_number": (" ({0})", " ({0})"),
    "precedent": (
        "Sudah diputuskan pada {day}, {title}{number}: {quote}",
        "Decided on {day}, {title}{number}: {quote}",
    ),
    "precedent_outcome": (
        "Sudah diputuskan pada {day}, {title}{number}. Hasilnya: {quote}",
        "Decided on {day}, {title}{number}. What came of it: {quote}",
    ),
    "papers_none": ("Tidak ada dokumen yang memuat hal ini.", "No document speaks of this."),
}


def say(key: str, language: Language, *values: str, **parts: str) -> str:
    """The phrase with its parts. Parts may hold placeholders: they are not looked into."""
    return PHRASES[key][language is Language.EN].format(*values, **parts)
