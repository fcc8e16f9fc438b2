"""Words of the operators' console."""

from pesut.catalog.models import Schedule
from pesut.contracts import Agent, RunStatus
from pesut.diagnosis.checks import Health
from pesut.drawing.words import later
from pesut.evaluations.contracts import EvaluationStatus
from pesut.switches import Switch
from workflows.schedules import ScheduleAct

SECTIONS = {
    "": later("Ringkasan"),
    "pengerjaan": later("Pengerjaan"),
    "antrean": later("Antrean"),
    "sumber": later("Sumber"),
    "jadwal": later("Jadwal"),
    "evaluasi": later("Evaluasi"),
    "katalog": later("Katalog"),
    "keadaan": later("Keadaan"),
    "sakelar": later("Sakelar"),
}
"""The parts of the console: the last piece of the address, and the name."""

SWITCHES = {Switch.ANSWERING: later("Menjawab pertanyaan"), Switch.MODELS: later("Model bahasa")}
EFFECTS = {
    (Switch.ANSWERING, False): later(
        "Pertanyaan baru langsung ditolak, dengan alasan di bawah ini. Yang sedang dikerjakan diselesaikan."
    ),
    (Switch.ANSWERING, True): later("Pertanyaan diterima lagi."),
    (Switch.MODELS, False): later(
        "Model tidak dipanggil lagi, juga untuk yang sedang dikerjakan. Penalaran tanpa model yang menjawab, dan jawabannya mengatakan itu."
    ),
    (Switch.MODELS, True): later("Model yang diatur dipakai lagi."),
}
"""What comes of turning a switch on (True) or off."""

EVALUATION_STATUSES = {
    EvaluationStatus.RUNNING: later("Sedang dikerjakan"),
    EvaluationStatus.FINISHED: later("Selesai"),
    EvaluationStatus.FAILED: later("Gagal"),
}
SUITES = {
    "data": later("Angka yang benar"),
    "planning": later("Pertanyaan dipahami"),
    "reports": later("Laporan dibaca benar"),
    "recommendation": later("Saran yang lengkap"),
    "faithfulness": later("Setia pada sumber"),
    "safety": later("Tahan serangan"),
    "robustness": later("Jawaban yang ajek"),
}
RUN_STATUSES = {
    RunStatus.RUNNING: later("Sedang dikerjakan"),
    RunStatus.AWAITING_REVIEW: later("Menunggu keputusan"),
    RunStatus.FINISHED: later("Selesai"),
    RunStatus.FAILED: later("Gagal"),
    RunStatus.CANCELLED: later("Dibatalkan"),
}
AGENTS = {
    Agent.DATA_LOOKUP: later("Pencari data"),
    Agent.REPORT_ANALYSIS: later("Penelaah laporan"),
    Agent.RECOMMENDATION: later("Penyusun saran"),
}
NODES = {
    "plan": later("Memahami pertanyaan"),
    "look_up": later("Menghitung dari data kota"),
    "analyse": later("Membaca laporan warga"),
    "consult": later("Memeriksa kewenangan, anggaran, dan dokumen"),
    "consult/again": later("Memeriksa kewenangan dan anggaran, karena ambang terlewati"),
    "conclude": later("Menyusun dan memeriksa jawaban"),
}
RUN_ACTS = {
    "batalkan": (
        later("Batalkan pengerjaan ini?"),
        later("Pengerjaan diminta berhenti; penanyanya diberi tahu."),
        later("Ya, batalkan"),
    ),
    "hentikan": (
        later("Hentikan paksa pengerjaan ini?"),
        later("Pengerjaan diakhiri saat ini juga tanpa diminta. Pakai bila pembatalan tidak berhasil."),
        later("Ya, hentikan"),
    ),
    "ulangi": (
        later("Tanyakan lagi?"),
        later(
            "Pertanyaan yang sama dikerjakan sekali lagi, atas nama dan dengan hak lihat Anda, jadi jawabannya dapat berbeda."
        ),
        later("Ya, tanyakan lagi"),
    ),
}
"""What is asked, what comes of it, and the button."""

SCHEDULES = {
    Schedule.HOURLY: later("tiap jam"),
    Schedule.DAILY: later("tiap hari"),
    Schedule.WEEKLY: later("tiap pekan"),
    Schedule.MONTHLY: later("tiap bulan"),
    Schedule.QUARTERLY: later("tiap triwulan"),
    Schedule.YEARLY: later("tiap tahun"),
    Schedule.EVENT: later("saat terjadi"),
}
SCHEDULE_NAMES = {
    "briefing": later("Ringkasan pagi"),
    "evaluation": later("Evaluasi malam"),
    "pull": later("Tarikan laporan"),
}
"""By what stands before a slash in the schedule's id."""
SCHEDULE_ACTS = {
    ScheduleAct.PAUSE: (later("Jeda jadwal ini?"), later("Ya, jeda")),
    ScheduleAct.RESUME: (later("Lanjutkan jadwal ini?"), later("Ya, lanjutkan")),
    ScheduleAct.RUN: (later("Jalankan sekarang juga?"), later("Ya, jalankan")),
}
"""What is asked, and the button."""
HEALTHS = {Health.FINE: later("baik"), Health.NOTE: later("perhatikan"), Health.WRONG: later("rusak")}
