"""What is said when a model finds nothing to look up. A model names the reason; the words are ours, so that it can claim nothing."""

from pesut.contracts import DeclineReason, Language, LocalText

_SAID = {
    DeclineReason.OUT_OF_SCOPE: LocalText(
        id="Pertanyaan ini bukan tentang data, laporan warga, atau dokumen kota ini.",
        en="This question is not about this city's data, reports or documents.",
    ),
    DeclineReason.NO_DATA: LocalText(id="Belum ada data tentang itu di sini.", en="There are no data about that here."),
    DeclineReason.UNKNOWN_REGION: LocalText(
        id="Wilayah yang disebut tidak dikenal di kota ini. Sebutkan nama kecamatan atau kelurahannya.",
        en="The place named is not known in this city. Name its district or urban village.",
    ),
    DeclineReason.NOT_ALLOWED: LocalText(
        id="Permintaan ini tidak dapat dipenuhi: data pribadi dan perintah kepada sistem bukan untuk dijawab.",
        en="This cannot be done: personal data and orders to the system are not answered.",
    ),
    DeclineReason.UNREADABLE: LocalText(
        id="Pertanyaan ini tidak dapat dibaca. Tuliskan lagi dengan kalimat biasa.",
        en="This question cannot be read. Write it again in plain words.",
    ),
}
_ASK = LocalText(id="Tanyakan kepada {agency}.", en="Ask {agency}.")


def declined(reason: DeclineReason, agency: str | None, language: Language) -> str:
    """`agency` is the name of who may know."""
    said = _SAID[reason].in_(language)
    return f"{said} {_ASK.in_(language).format(agency=agency)}" if agency else said
