"""files with the result of a group assignment, and how long its presentation takes"""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'


def upgrade() -> None:
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('presentation_minutes', sa.Integer(), nullable=False, server_default='60'))
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.alter_column('presentation_minutes', server_default=None)

    op.create_table('assignment_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_assignment_files_assignment_id_assignments'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_assignment_files_file_id_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_files')),
    sa.UniqueConstraint('file_id', name=op.f('uq_assignment_files_file_id'))
    )
    with op.batch_alter_table('assignment_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_files_assignment_id'), ['assignment_id'], unique=False)


def downgrade() -> None:
    op.drop_table('assignment_files')
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.drop_column('presentation_minutes')
