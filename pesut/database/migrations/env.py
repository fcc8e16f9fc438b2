"""Runs migrations on the connection that `pesut.database.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

import pesut.database.tables  # noqa: F401  (fills the metadata)

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
