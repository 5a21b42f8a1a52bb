"""find at once what someone handed in within a day"""

from alembic import op


revision = '0021'
down_revision = '0020'


def upgrade() -> None:
    op.create_index('ix_files_created_by_id_created_at', 'files', ['created_by_id', 'created_at'])


def downgrade() -> None:
    op.drop_index('ix_files_created_by_id_created_at', table_name='files')
