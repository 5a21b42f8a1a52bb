"""periodic work that failed, with when it is tried again; what is done tells of no error"""

import sqlalchemy as sa
from alembic import op


revision = '0025'
down_revision = '0024'


def upgrade():
    with op.batch_alter_table('periodic_runs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('error', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('attempts', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('run_after', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('periodic_runs', schema=None) as batch_op:
        batch_op.alter_column('error', server_default=None)
        batch_op.alter_column('attempts', server_default=None)
    op.execute("UPDATE jobs SET error = '' WHERE state = 'done'")


def downgrade():
    with op.batch_alter_table('periodic_runs', schema=None) as batch_op:
        batch_op.drop_column('run_after')
        batch_op.drop_column('attempts')
        batch_op.drop_column('error')
        batch_op.drop_column('failed_at')
