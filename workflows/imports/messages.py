"""What the import's workflow, activities and clients tell each other."""

from datetime import datetime

from pesut.contracts import Contract
from pesut.intake.orders import ImportOrder, ImportTally

IMPORTS = "pesut-imports"  # the task queue, apart from the questions' so that neither waits for the other
IMPORT_FILE, PROGRESS = "ImportFile", "progress"
CUT_FILE, LOAD_BATCHES, FINISH_IMPORT = "cut_file", "load_batches", "finish_import"


class BatchRange(Contract):
    """Batches `first` to `end` (exclusive) of an order; `since` is when the import began."""

    order: ImportOrder
    first: int
    end: int
    since: datetime


class FinishedImport(Contract):
    order: ImportOrder
    tally: ImportTally
