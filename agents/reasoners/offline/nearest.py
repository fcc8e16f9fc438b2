"""Metrics near in meaning, for questions whose words are not the catalog's."""

from typing import Protocol

from pesut.catalog.models import Catalog
from pesut.search.embeddings import Embedder, TextKind, Vectors, unit

# Calibrated with multilingual-e5-small on 20 paraphrases of metrics and 20 questions that no metric answers: from 0.38 on, the
# right metric was among the first three for 5 of the 20 and something was offered for 2 of the others. Cosines tell the two
# apart so badly that nothing is ever taken without asking.
NEAR_ENOUGH = 0.38
OFFERED = 3
_SYNONYMS = 4
# What questions have in common, to be taken off each: they lie in one corner of the space whatever they ask.
_QUESTIONS = (
    "Berapa jumlahnya bulan lalu?",
    "Apa yang terjadi di kota ini?",
    "Siapa yang bertanggung jawab?",
    "Kapan acara itu berlangsung?",
    "Bagaimana cara mengurusnya?",
    "Di mana letak kantornya?",
    "Berapa harga tiketnya?",
    "Apa arti kata itu?",
    "How many are there?",
    "What is the meaning of this?",
    "Daftar nama pegawai",
    "Ceritakan sejarahnya",
)


class Nearest(Protocol):
    """Asked only where no word of a question names a metric."""

    def metrics(self, text: str, catalog: Catalog) -> tuple[str, ...]:
        """Codes of metrics that may be meant, nearest first, to be asked about; none where nothing is near enough."""
        ...


class EmbeddingNearest:
    """Compares a question with the metrics' names by their vectors. Gathering takes about 0.1 s a metric, so it is done
    beforehand; a catalog that was not gathered has nothing near.
    """

    def __init__(self, embedder: Embedder, catalog: Catalog) -> None:
        """Blocks while the names are embedded. Raises EmbedderUnavailableError when the model is away."""
        self._embedder = embedder
        self._catalog = catalog
        self._codes = tuple(metric.code for metric in catalog.metrics)
        names = [", ".join((metric.name.id, *metric.synonyms[:_SYNONYMS])) for metric in catalog.metrics]
        vectors = embedder.embed(names)
        self._names = unit(vectors - vectors.mean(axis=0))
        self._common: Vectors = embedder.embed(_QUESTIONS, TextKind.QUERY).mean(axis=0)

    def metrics(self, text: str, catalog: Catalog) -> tuple[str, ...]:
        if catalog is not self._catalog:
            return ()
        question = unit(self._embedder.embed([text], TextKind.QUERY) - self._common)[0]
        scores: list[float] = (self._names @ question).tolist()
        best = sorted(range(len(scores)), key=lambda place: -scores[place])[:OFFERED]
        return tuple(self._codes[place] for place in best) if scores[best[0]] >= NEAR_ENOUGH else ()
