"""Keep themes of reports: their names, their members, where they lie, and what was done to them"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())
MOMENT = sa.DateTime(timezone=True)
READABLE = ("theme", "theme_state", "theme_member", "theme_change")
SEES_ALL = (
    "(SELECT current_setting('pesut.supervision', true) = 'on' AND current_setting('pesut.agencies', true) = '*')"
)
POLICIES = {
    "theme_member": "EXISTS (SELECT FROM report_state s WHERE s.report_id = theme_member.report_id)",
    "theme_state": f"NOT restricted OR {SEES_ALL}",
}


def _versions() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("superseded_at", MOMENT, nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
    )


def _references(table: str, **columns: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return tuple(
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
        for column, other in columns.items()
    )


def upgrade() -> None:
    op.create_table(
        "theme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
    )
    op.create_table(
        "theme_state",
        *_versions(),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("into", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("terms", JSON, nullable=False),
        sa.Column("described_at", sa.Integer(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("locked_by", sa.Uuid(), nullable=True),
        *_references("theme_state", theme_id="theme", into="theme"),
        sa.PrimaryKeyConstraint("theme_id", "recorded_at", name=op.f("pk_theme_state")),
    )
    op.create_index("ix_theme_state_into", "theme_state", ["into"])
    op.create_table(
        "theme_member",
        *_versions(),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        *_references("theme_member", report_id="report", theme_id="theme"),
        sa.PrimaryKeyConstraint("report_id", "recorded_at", name=op.f("pk_theme_member")),
    )
    op.create_index("ix_theme_member_theme_id", "theme_member", ["theme_id"])
    op.create_table(
        "theme_centre",
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("centre", sa.LargeBinary(), nullable=False),
        *_references("theme_centre", theme_id="theme"),
        sa.PrimaryKeyConstraint("space", "theme_id", name=op.f("pk_theme_centre")),
    )
    op.create_table(
        "theme_view",
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("space", name=op.f("pk_theme_view")),
    )
    op.create_table(
        "theme_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=True),
        sa.Column("detail", JSON, nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        *_references("theme_change", theme_id="theme", other_id="theme"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_change")),
    )
    op.create_index("ix_theme_change_theme_id", "theme_change", ["theme_id"])
    op.execute(f"GRANT SELECT ON {', '.join(READABLE)} TO pesut_reader")
    for table, condition in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY visible ON {table} FOR SELECT TO pesut_reader USING ({condition})")
        op.execute(f"CREATE POLICY all_visible ON {table} FOR SELECT TO pesut_full_reader USING (true)")


def downgrade() -> None:
    for table in ("theme_change", "theme_view", "theme_centre", "theme_member", "theme_state", "theme"):
        op.drop_table(table)
