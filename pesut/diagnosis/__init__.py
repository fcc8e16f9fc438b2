"""Looking at the parts that answer: the database, the city's folder, the model. It changes nothing; `pesut doctor` and the operators'
console say what it finds.
"""

from pesut.diagnosis.checks import Check, Diagnosis, Health, ProcessInfo
from pesut.diagnosis.city import city_checks, inspected, model_checks
from pesut.diagnosis.data import database_checks, look_at_database

__all__ = [
    "Check",
    "Diagnosis",
    "Health",
    "ProcessInfo",
    "city_checks",
    "database_checks",
    "inspected",
    "look_at_database",
    "model_checks",
]
