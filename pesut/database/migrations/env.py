"""Runs migrations on the connection that `pesut.database.migrate` hands over."""

from alembic import context

from pesut.database.tables import Versioned

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Versioned.metadata, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
