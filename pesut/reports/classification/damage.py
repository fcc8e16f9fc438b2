"""What is wrong with a model that was kept."""

from pesut.errors import PesutError


class DamagedModelError(PesutError):
    """What is kept of a model is not what was written."""

    slug = "damaged-model"
    title = "A model cannot be read"
