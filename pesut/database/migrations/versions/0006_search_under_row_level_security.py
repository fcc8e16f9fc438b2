"""Search under row-level security: full-text matching may use its index; one current space of vectors per subject"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# PostgreSQL uses no index for an operator that might tell of rows before a policy has hidden them. Matching lexemes tells
# nothing: it raises no errors. Saying so takes a superuser; without one, search reads all texts (docs/adr/0002).
TRUST_MATCHING = """
    DO $$ BEGIN
        ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) {word} LEAKPROOF;
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE NOTICE 'full-text search will not use its index under row-level security';
    END $$
"""


def upgrade() -> None:
    op.execute(TRUST_MATCHING.format(word=""))
    op.create_index(
        "uq_embedding_space_current", "embedding_space", ["subject"], unique=True, postgresql_where=sa.text("current")
    )


def downgrade() -> None:
    op.drop_index("uq_embedding_space_current", table_name="embedding_space")
    op.execute(TRUST_MATCHING.format(word="NOT"))
