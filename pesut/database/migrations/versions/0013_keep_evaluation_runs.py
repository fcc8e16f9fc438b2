"""Keep evaluation runs with every answer they were given"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())


def upgrade() -> None:
    op.create_table(
        "evaluation_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wanted", JSON, nullable=False),
        sa.Column("catalog_version", sa.String(), nullable=False),
        sa.Column("code_version", sa.String(), nullable=False),
        sa.Column("data_digest", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_run")),
    )
    op.create_index("ix_evaluation_run_status", "evaluation_run", ["status"])
    op.create_table(
        "evaluation_case",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("suite", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("repetition", sa.Integer(), nullable=False),
        sa.Column("about", JSON, nullable=False),
        sa.Column("material", JSON, nullable=True),
        sa.Column("outcomes", JSON, nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["evaluation_run.id"], name=op.f("fk_evaluation_case_run_id_evaluation_run")
        ),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f("pk_evaluation_case")),
        sa.UniqueConstraint(
            "run_id", "suite", "name", "repetition", name=op.f("uq_evaluation_case_run_id_suite_name_repetition")
        ),
    )


def downgrade() -> None:
    op.drop_table("evaluation_case")
    op.drop_table("evaluation_run")
