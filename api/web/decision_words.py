"""Words for decisions on their pages, in Indonesian; the catalog of translations has the English."""

from pesut.contracts.decision import DecisionActKind, DecisionStatus
from pesut.contracts.disposition import DispositionActKind, DispositionStatus
from pesut.contracts.paper import PaperKind
from pesut.drawing.words import later

STATUSES = {
    DecisionStatus.DRAFT: later("Konsep, belum diedarkan"),
    DecisionStatus.REVIEW: later("Sedang dibaca"),
    DecisionStatus.RETURNED: later("Dikembalikan kepada penyusun"),
    DecisionStatus.APPROVAL: later("Menunggu keputusan"),
    DecisionStatus.APPROVED: later("Disetujui, sedang dilaksanakan"),
    DecisionStatus.CLOSED: later("Selesai, hasilnya sudah dilihat"),
    DecisionStatus.REJECTED: later("Ditolak"),
    DecisionStatus.WITHDRAWN: later("Ditarik"),
    DecisionStatus.EXPIRED: later("Kedaluwarsa"),
}

ACTS = {
    DecisionActKind.OPENED: later("Dibuka"),
    DecisionActKind.BEGUN: later("Diedarkan"),
    DecisionActKind.ENDORSE: later("Didukung"),
    DecisionActKind.SEND_BACK: later("Dikembalikan"),
    DecisionActKind.EDIT: later("Naskah diubah"),
    DecisionActKind.SUBMIT: later("Diajukan lagi"),
    DecisionActKind.APPROVE: later("Disetujui"),
    DecisionActKind.REJECT: later("Ditolak"),
    DecisionActKind.WITHDRAW: later("Ditarik"),
    DecisionActKind.ESCALATED: later("Diteruskan tanpa menunggu pembaca"),
    DecisionActKind.EXPIRED: later("Kedaluwarsa"),
    DecisionActKind.CLOSED: later("Hasilnya dicatat"),
}

DISPOSITION_STATUSES = {
    DispositionStatus.SENT: later("terkirim"),
    DispositionStatus.ACKNOWLEDGED: later("diterima"),
    DispositionStatus.IN_PROGRESS: later("dikerjakan"),
    DispositionStatus.DONE: later("selesai"),
    DispositionStatus.CANCELLED: later("dibatalkan"),
}

DISPOSITION_ACTS = {
    DispositionActKind.SENT: later("Dikirim"),
    DispositionActKind.ACKNOWLEDGE: later("Diterima"),
    DispositionActKind.PROGRESS: later("Kemajuan dilaporkan"),
    DispositionActKind.PROOF: later("Bukti dilampirkan"),
    DispositionActKind.FINISH: later("Dinyatakan selesai"),
    DispositionActKind.CANCEL: later("Dibatalkan"),
    DispositionActKind.REMINDED: later("Diingatkan"),
    DispositionActKind.ESCALATED: later("Dilaporkan kepada pemutus"),
    DispositionActKind.REDIRECTED: later("Dialihkan"),
}

DEEDS = {
    "endorse": (later("Dukung naskah ini"), later("Catatan, bila ada")),
    "approve": (later("Setujui"), later("Catatan, bila ada")),
    "submit": (later("Ajukan lagi"), later("Catatan, bila ada")),
    "send_back": (later("Kembalikan kepada penyusun"), later("Apa yang perlu dilengkapi")),
    "reject": (later("Tolak"), later("Alasan, yang disimpan selamanya")),
    "withdraw": (later("Tarik kembali"), later("Alasan, yang disimpan selamanya")),
}
"""By kind of motion, in the order in which they are offered: its button, and what may or must be said with it."""

REVIEW_PARTS = {
    "problem": later("Persoalan"),
    "assumptions": later("Praanggapan"),
    "facts": later("Fakta yang mempengaruhi"),
    "analysis": later("Analisis"),
    "conclusion": later("Simpulan"),
    "action": later("Tindakan"),
    "deadline": later("Tenggat"),
    "budget": later("Anggaran"),
    "legal_basis": later("Dasar hukum"),
    "plan_link": later("Kaitan dengan rencana"),
    "expected_effect": later("Dampak yang diharapkan"),
    "target": later("Sasaran"),
    "risk": later("Risiko"),
    "counter_argument": later("Keberatan terkuat"),
}
"""By field of a staff review and of its options."""

PAPERS = {
    PaperKind.STAFF_REVIEW: later("Telaahan staf"),
    PaperKind.MEMO: later("Nota dinas"),
    PaperKind.DISPOSITION: later("Lembar disposisi"),
}
