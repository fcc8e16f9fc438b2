"""What a staff review says, in both languages."""

from pesut.contracts import Language

PHRASES: dict[str, tuple[str, str]] = {
    "problem": (
        "{subject}: perlukah pemerintah kota bertindak, dan dengan cara apa?",
        "{subject}: should the city act, and how?",
    ),
    "problem_topic": (
        "{topic}: perlukah pemerintah kota bertindak, dan dengan cara apa?",
        "{topic}: should the city act, and how?",
    ),
    # assumptions
    "reports_speak": (
        "Laporan warga dianggap mencerminkan keadaan di lapangan; wilayah yang jarang melapor dapat luput.",
        "Citizens' reports are taken to reflect what is so; places that seldom report may be missed.",
    ),
    "figures_hold": (
        "Angka yang tercatat dianggap lengkap dan benar sampai saat data ini dibaca.",
        "The recorded figures are taken to be complete and right up to the moment they were read.",
    ),
    "budget_free": (
        "Sisa pagu dianggap belum terikat pada kegiatan lain.",
        "What is left of the budget is taken not to be committed elsewhere.",
    ),
    # facts
    "budget": (
        "Pagu {name} tahun {year} sebesar {ceiling}; terealisasi {realised}, tersisa {left}.",
        "The budget line {name} of {year} is {ceiling}; {realised} is spent, {left} is left.",
    ),
    "mandate": ("{name} memegang kewenangan: {mandate}", "{name} holds the mandate: {mandate}"),
    # analysis
    "worse": (
        "Dibanding {compared}, keadaan memburuk: {direction} {size} dari {previous}.",
        "Against {compared} things got worse: it {direction} by {size} from {previous}.",
    ),
    "better": (
        "Dibanding {compared}, keadaan membaik: {direction} {size} dari {previous}.",
        "Against {compared} things got better: it {direction} by {size} from {previous}.",
    ),
    "moved": (
        "Dibanding {compared}, angkanya {direction} {size} dari {previous}.",
        "Against {compared} it {direction} by {size} from {previous}.",
    ),
    "steady": (
        "Dibanding {compared}, angkanya {direction} ({previous}).",
        "Against {compared} it {direction} ({previous}).",
    ),
    "crossed": (
        "Nilai {value} {operator} {limit}, sehingga perlu ditanggapi.",
        "The value {value} {operator} {limit}, so it calls for a response.",
    ),
    "crossed_row": (
        "{name}: {value} {operator} {limit}, sehingga perlu ditanggapi.",
        "{name}: {value} {operator} {limit}, so it calls for a response.",
    ),
    "concentrated": (
        "Penanganan dapat didahulukan di tempat dengan angka tertinggi: {rows}.",
        "Work can start where the figure is highest: {rows}.",
    ),
    "concentrated_low": (
        "Penanganan dapat didahulukan di tempat dengan angka terendah: {rows}.",
        "Work can start where the figure is lowest: {rows}.",
    ),
    "money_left": (
        "Sisa pagu {name} adalah {left}, sehingga tindakan tahun ini masih dapat dibiayai sebatas itu.",
        "{left} is left of {name}, so action this year can be paid for within that.",
    ),
    "money_gone": (
        "Pagu {name} tinggal {left}, sehingga tindakan tahun ini memerlukan pergeseran anggaran.",
        "Only {left} is left of {name}, so action this year needs a shift of budget.",
    ),
    "cause_unknown": (
        "{subject} terbaca dari data ini; penyebabnya belum, dan perlu dipastikan di lapangan.",
        "{subject}: these data tell how things stand, not why; the cause is to be established on site.",
    ),
    # conclusion
    "act": (
        "Keadaan ini cukup beralasan untuk ditindaklanjuti, dimulai dari pemeriksaan di tempat yang paling terdampak.",
        "There is reason enough to act, starting with an inspection where it is worst.",
    ),
    "watch": (
        "Data belum menunjukkan keadaan yang memburuk; pemantauan dengan titik keputusan yang jelas sudah memadai.",
        "The data do not show things getting worse; watching, with a clear moment to decide, is enough.",
    ),
    # options
    "target": ("Penanganan terarah di lokasi utama", "Targeted work at the main locations"),
    "target_action": (
        "{who} menangani lebih dulu lokasi yang paling terdampak, yaitu {places}, dan melaporkan hasilnya.",
        "{who} to deal first with the places that are hit hardest, {places}, and to report what came of it.",
    ),
    "target_action_plain": (
        "{who} menyusun dan menjalankan rencana penanganan, lalu melaporkan hasilnya.",
        "{who} to draw up and carry out a plan of work, and to report what came of it.",
    ),
    "target_effect": (
        "{name} di lokasi itu berkurang pada pengukuran berikutnya; besarnya belum dapat diperkirakan dari data ini.",
        "{name} at these places goes down at the next measurement; by how much cannot be told from these data.",
    ),
    "target_effect_higher": (
        "{name} di lokasi itu membaik pada pengukuran berikutnya; besarnya belum dapat diperkirakan dari data ini.",
        "{name} at these places improves at the next measurement; by how much cannot be told from these data.",
    ),
    "target_counter": (
        "Lokasi yang menonjol dalam angka belum tentu yang paling membutuhkan; yang jarang melapor atau jarang diukur dapat "
        "tertinggal.",
        "The places that stand out in the figures need not be those in most need; those that seldom report or are seldom measured "
        "may be left behind.",
    ),
    "inspect": ("Pemeriksaan lapangan lebih dulu", "Inspect on site first"),
    "inspect_action": (
        "{who} memeriksa lokasi, memastikan penyebabnya, dan mengajukan tindakan beserta biayanya.",
        "{who} to inspect the sites, establish the cause, and propose action with its cost.",
    ),
    "inspect_effect": (
        "Penyebab diketahui sebelum anggaran dipakai.",
        "The cause is known before money is spent.",
    ),
    "inspect_counter": (
        "Penanganan tertunda selama pemeriksaan, sedangkan warga sudah terdampak.",
        "Work is delayed while citizens are already affected.",
    ),
    "wait": ("Belum bertindak, pantau dulu", "Do not act yet, keep watching"),
    "wait_action": (
        "Angkanya dipantau dan dibahas kembali pada tanggal yang ditetapkan.",
        "Watch the figure and take it up again on the day set.",
    ),
    "wait_effect": (
        "Tidak ada biaya baru; keputusan diambil dengan data yang lebih lengkap.",
        "No new cost; the decision is taken with more data.",
    ),
    "wait_counter": (
        "Bila keadaan memburuk, penanganan terlambat dan kepercayaan warga berkurang.",
        "If things get worse, work comes late and citizens lose trust.",
    ),
    "goal": (
        "{name} {least} {level} dalam masa yang sama panjang sesudah diputuskan; dilihat kembali pada {day} bila diputuskan hari ini.",
        "{name} {least} {level} within an equally long time after the decision; looked at again on {day} if decided today.",
    ),
    "target_risk": (
        "Lokasi lain dapat ikut memburuk selagi tenaga dan dana dipusatkan; penyebabnya pun belum dipastikan.",
        "Other places may get worse while people and money are concentrated here; nor is the cause established.",
    ),
    "risk_money": (
        "Pekerjaan dapat terhenti karena dana: sisa pagu {name} tinggal {left}.",
        "Work may stop for want of money: what is left of {name} is {left}.",
    ),
    "inspect_risk": (
        "Pemeriksaan dapat berakhir tanpa penyebab yang pasti, sehingga keputusannya tertunda lagi.",
        "The inspection may end without a certain cause, so that the decision is put off again.",
    ),
    "wait_risk": (
        "Keadaan dapat memburuk sebelum dibahas kembali, dan penanganannya kemudian lebih mahal.",
        "Things may get worse before they are taken up again, and then cost more to mend.",
    ),
    "split": ("Menurut {0}", "By {0}"),
    "deadline": ("Paling lambat {0}", "By {0}"),
    "agency": ("Perangkat daerah yang berwenang", "The agency in charge"),
    # in the answer itself
    "advice": ("Saran: {action} {deadline}.", "Advice: {action} {deadline}."),
}


def say(key: str, language: Language, *values: str, **parts: str) -> str:
    """The phrase with its parts. Parts may hold placeholders: they are not looked into."""
    return PHRASES[key][language is Language.EN].format(*values, **parts)
