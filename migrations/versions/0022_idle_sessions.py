"""sessions that are not used end, proof of who is there, forms that wait for someone to sign in again"""

import sqlalchemy as sa
from alembic import op


revision = '0022'
down_revision = '0021'
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Sessions of before count as used now, so that an upgrade signs nobody out."""
    with op.batch_alter_table('sign_in_sessions') as batch_op:
        batch_op.add_column(sa.Column('last_used_at', MOMENT, nullable=True))
        batch_op.add_column(sa.Column('proved_at', MOMENT, nullable=True))
    sessions = sa.table('sign_in_sessions', *map(sa.column, ('last_used_at', 'proved_at', 'created_at')))
    op.execute(sessions.update().values(last_used_at=sa.func.current_timestamp(), proved_at=sessions.c.created_at))
    with op.batch_alter_table('sign_in_sessions') as batch_op:
        batch_op.alter_column('last_used_at', existing_type=MOMENT, nullable=False)
        batch_op.alter_column('proved_at', existing_type=MOMENT, nullable=False)
    op.create_table(
        'interrupted_forms',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('path', sa.String(length=1000), nullable=False),
        sa.Column('sealed', sa.Text(), nullable=False),
        sa.Column('had_files', sa.Boolean(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ['account_id'], ['accounts.id'], name='fk_interrupted_forms_account_id_accounts', ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_interrupted_forms'),
    )
    op.create_index('ix_interrupted_forms_account_id', 'interrupted_forms', ['account_id'])
    op.create_index('ix_interrupted_forms_at', 'interrupted_forms', ['at'])


def downgrade() -> None:
    op.drop_table('interrupted_forms')
    with op.batch_alter_table('sign_in_sessions') as batch_op:
        batch_op.drop_column('proved_at')
        batch_op.drop_column('last_used_at')
