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
    "burst": (
        "{what}, {place}: {burst_value} laporan pada {burst_since} sampai {burst_until}, biasanya sekitar {burst_expected} dalam hari sebanyak itu; dalam seluruh masa {value}{also}.",
        "{what}, {place}: {burst_value} reports from {burst_since} to {burst_until}, usually about {burst_expected} in so many days; {value} in the whole period{also}.",
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
    "handled": (
        "{name}: {overdue} laporan terbuka sudah lewat tenggat (dari {open} yang terbuka), {closed_late} ditutup terlambat{more}.",
        "{name}: {overdue} open reports are past their deadline (of {open} that are open), {closed_late} were closed late{more}.",
    ),
    "median_response_hours": (
        "; median tanggapan {median_response_hours}",
        "; median response {median_response_hours}",
    ),
    "median_handling_hours": (", median selesai {median_handling_hours}", ", median closure {median_handling_hours}"),
    "reopened_share": (
        "; {reopened} dibuka kembali oleh pelapor ({reopened_share} dari yang pernah ditutup)",
        "; {reopened} reopened by reporters ({reopened_share} of those ever closed)",
    ),
    "nobody_late": (
        "Tidak ada laporan terbuka yang lewat tenggat pada {period}.",
        "No open report is past its deadline, {period}.",
    ),
    "handling_how": (
        "Laporan yang diajukan pada {period}; tenggat menurut aturan dalam katalog, dihitung dalam hari kerja.",
        "Reports submitted in {period}; deadlines by the rules in the catalog, in working days.",
    ),
    "will_be_late": (
        "{number} ({agency_name}, {category_name}): tenggat {deadline}, kemungkinan terlambat {late_share}{past}.",
        "{number} ({agency_name}, {category_name}): due on {deadline}, chance of being late {late_share}{past}.",
    ),
    "alike": (
        "; dari {alike} laporan serupa dahulu, {alike_late_share} memang terlambat",
        "; of {alike} reports that stood alike before, {alike_late_share} were late",
    ),
    "none_near": (
        "Tidak ada laporan terbuka yang tenggatnya masih di depan.",
        "No open report has its deadline ahead.",
    ),
    "overdue_how": (
        "Perkiraan dari lama penanganan tiap perangkat daerah selama ini, bukan kepastian.",
        "Forecast from how long each agency has taken so far; it is no certainty.",
    ),
    "cross_related": (
        "{check}, dalam setahun: sesudah pengukuran yang tinggi rata-rata {when_high} laporan per tempat per {every}, selebihnya {otherwise}; keduanya seiring (korelasi peringkat {relation}, peluang kebetulan {chance}), yang belum berarti sebab.",
        "{check}, over a year: after a high reading {when_high} reports per place and {every} on average, else {otherwise}; the two go together (rank correlation {relation}, by accident {chance}), which is no proof of a cause.",
    ),
    "cross_unrelated": (
        "{check}, dalam setahun: tidak terbukti seiring (korelasi peringkat {relation}, peluang kebetulan {chance}).",
        "{check}, over a year: not shown to go together (rank correlation {relation}, by accident {chance}).",
    ),
    "cross_thin": (
        "{check}: buktinya masih tipis, dengan {high_count} kali pengukuran yang tinggi dalam setahun; hubungannya belum dapat disimpulkan.",
        "{check}: the evidence is thin, with {high_count} high readings in a year; no conclusion can be drawn yet.",
    ),
    "cross_both": (
        "{place}, {since} sampai {until}: {reports} laporan, biasanya sekitar {expected}; cocok dengan {metric} {reading} di {item} pada {read_on} (tinggi mulai {high}).",
        "{place}, {since} to {until}: {reports} reports, usually about {expected}; in line with {metric} {reading} at {item} on {read_on} (high from {high}).",
    ),
    "cross_reports_only": (
        "{place}, {since} sampai {until}: {reports} laporan, biasanya sekitar {expected}, padahal {metric} paling jauh {reading} di {item} (tinggi mulai {high}).",
        "{place}, {since} to {until}: {reports} reports, usually about {expected}, though {metric} came to {reading} at most at {item} (high from {high}).",
    ),
    "cross_measured_only": (
        "{place}, {since} sampai {until}: {metric} {reading} di {item} (tinggi mulai {high}), tetapi {reports} laporan; sesudah pengukuran seperti itu biasanya sekitar {expected}.",
        "{place}, {since} to {until}: {metric} {reading} at {item} (high from {high}), but {reports} reports; after such readings usually about {expected}.",
    ),
    "cross_none": (
        "Pada {period} tidak ada lonjakan laporan, dan tidak ada pengukuran tinggi yang sepi laporan.",
        "No rise of reports, and no high reading without them, {period}.",
    ),
    "cross_how": (
        "{check}: {unplaced} laporannya tidak menyebut tempat yang diukur, sehingga tidak ikut dihitung; alarm palsu dibatasi {bound}.",
        "{check}: {unplaced} of its reports name no place that is measured and do not count; false alarms are bounded at {bound}.",
    ),
    "hot_spot": (
        "{village} ({district}), petak sekitar {latitude}, {longitude}: {value} laporan; menurut penduduk dan laporan lain sekitar {expected}, menurut masa lalunya sekitar {expected_past}{rising}.",
        "{village} ({district}), cell around {latitude}, {longitude}: {value} reports; by inhabitants and other reports about {expected}, by its past about {expected_past}{rising}.",
    ),
    "rising_spot": ("; ini baru, dulu tidak demikian", "; this is new"),
    "no_hot_spot": (
        "Tidak ada petak yang laporannya lebih padat daripada yang dapat dijelaskan kebetulan pada {period}.",
        "No cell has more reports than chance explains, {period}.",
    ),
    "nearest_spot": (
        "Yang paling mendekati: {village} ({district}), {value} laporan; menurut penduduk dan laporan lain sekitar {expected}.",
        "The nearest: {village} ({district}), {value} reports; by inhabitants and other reports about {expected}.",
    ),
    "spots_how": (
        "Dihitung dari laporan yang diketahui titiknya, di petak heksagon; laporan tanpa titik tidak ikut. Alarm palsu dibatasi {bound}.",
        "Counted in hexagonal cells from reports whose point is known; the others do not count. False alarms are bounded at {bound}.",
    ),
    "spots_located": (
        "Pada {village} dan petak lain: {located} laporan diketahui titiknya, {unplaced} tidak.",
        "In {village} and all other cells: {located} reports have a point, {unplaced} have none.",
    ),
    "theme": (
        "{label} ({category}): {value} laporan dari {reporters} pelapor{usual}{place}.",
        "{label} ({category}): {value} reports from {reporters} reporters{usual}{place}.",
    ),
    "theme_usual": ("; biasanya sekitar {expected}", "; usually about {expected}"),
    "theme_grows": (
        "; di luar kebiasaan, biasanya sekitar {expected} dan jarang sampai {usual_high}",
        "; out of the ordinary, usually about {expected} and seldom as many as {usual_high}",
    ),
    "theme_new": ("; baru muncul sejak {first}", "; new since {first}"),
    "theme_place": ("; terutama di {place} ({place_value})", "; mainly in {place} ({place_value})"),
    "theme_quote": ("Kata pelapor: {quote} ({number}).", "In a reporter's words: {quote} ({number})."),
    "themes_how": (
        "Tema seperti {label} lebih rinci daripada kategori: {themes} tema dari {told} laporan pada {period}; {alone} tidak dekat dengan tema mana pun.",
        "Themes such as {label} are finer than categories: {themes} themes of {told} reports, {period}; {alone} are near to none.",
    ),
    "themes_size": ("Belum ada tema laporan pada {period}.", "Reports have no theme yet, {period}."),
    "themes_growth": (
        "Tidak ada tema yang tumbuh di luar kebiasaan pada {period}; alarm palsu dibatasi {bound}.",
        "No theme stands out, {period}; false alarms are bounded at {bound}.",
    ),
    "themes_new": ("Tidak ada tema yang baru muncul pada {period}.", "No theme is new, {period}."),
    "short_history": (
        "Riwayat laporan belum cukup panjang untuk mengenali musim.",
        "The history of reports is too short to tell the season.",
    ),
}


def say(key: str, language: Language, **parts: str) -> str:
    """The phrase with its parts. Parts may hold placeholders: they are not looked into."""
    return PHRASES[key][language is Language.EN].format(**parts)
