"""Keep every try of a node with what it asked of tools and models, and which run a run repeats"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "node_try",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("error", sa.String(), server_default="", nullable=False),
        sa.Column("received", JSON, server_default="{}", nullable=False),
        sa.Column("gave", JSON, server_default="{}", nullable=False),
        sa.Column("tools", JSON, server_default="[]", nullable=False),
        sa.Column("models", JSON, server_default="[]", nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_node_try_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_node_try")),
    )
    op.create_index("ix_node_try_run_id", "node_try", ["run_id"])
    op.add_column("run", sa.Column("repeats", sa.Uuid(), nullable=True))
    op.add_column("run", sa.Column("reasoner", sa.String(), nullable=True))
    op.create_foreign_key(op.f("fk_run_repeats_run"), "run", "run", ["repeats"], ["id"])


def downgrade() -> None:
    op.drop_constraint(op.f("fk_run_repeats_run"), "run", type_="foreignkey")
    op.drop_column("run", "reasoner")
    op.drop_column("run", "repeats")
    op.drop_table("node_try")
