"""Words of the operators' console."""

from pesut.drawing.words import later
from pesut.switches import Switch

SECTIONS = {
    "": later("Ringkasan"),
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
