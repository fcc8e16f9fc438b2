"""Compiles metric queries to SQL through SQLAlchemy Core. Nothing else in Pesut aggregates."""

from pesut.catalog.compiler.compile import CompiledMetric, compile_metric
from pesut.catalog.compiler.times import periods_of

__all__ = ["CompiledMetric", "compile_metric", "periods_of"]
