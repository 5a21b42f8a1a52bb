"""a conversation is a row of its own"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'

TALKED = 'SELECT match_id FROM messages UNION SELECT match_id FROM thread_reads'


def upgrade() -> None:
    op.create_table('threads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('about', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_threads'))
    )
    op.execute('ALTER TABLE matches ADD COLUMN thread_id INTEGER '
               'CONSTRAINT fk_matches_thread_id_threads REFERENCES threads (id)')
    op.execute('INSERT INTO threads (id, about, created_at) '
               f"SELECT id, 'matches', created_at FROM matches WHERE id IN ({TALKED})")  # nosec B608  # names from this file
    if op.get_bind().dialect.name == 'postgresql':
        op.execute("SELECT setval(pg_get_serial_sequence('threads', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM threads), false)")
    op.execute(f'UPDATE matches SET thread_id = id WHERE id IN ({TALKED})')  # nosec B608  # names from this file
    op.create_index(op.f('ix_matches_thread_id'), 'matches', ['thread_id'], unique=True)
    for table in ('messages', 'thread_reads'):
        op.add_column(table, sa.Column('thread_id', sa.Integer(), nullable=True))
        op.execute(f'UPDATE {table} SET thread_id = match_id')  # nosec B608  # names from this file
    _hang('messages', on='threads', by='thread_id', instead_of='match_id', before='matches')
    _hang('thread_reads', on='threads', by='thread_id', instead_of='match_id', before='matches')
    op.create_table('attachments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_attachments_file_id_files')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_attachments_message_id_messages'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments')),
    sa.UniqueConstraint('file_id', name=op.f('uq_attachments_file_id'))
    )
    with op.batch_alter_table('attachments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachments_message_id'), ['message_id'], unique=False)


    op.create_table('received_mails',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.Column('sender', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('fate', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=60), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('raw', sa.LargeBinary(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_received_mails_letter_id_letters'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_received_mails')),
    sa.UniqueConstraint('key', name=op.f('uq_received_mails_key'))
    )
    with op.batch_alter_table('received_mails', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_received_mails_fate'), ['fate'], unique=False)
        batch_op.create_index(batch_op.f('ix_received_mails_letter_id'), ['letter_id'], unique=False)

    op.create_table('session_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_series'))
    )
    op.create_table('sessions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('match_id', sa.Integer(), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('students', sa.Integer(), nullable=True),
    sa.Column('why_not', sa.String(length=40), nullable=True),
    sa.Column('why_not_note', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['match_id'], ['matches.id'], name=op.f('fk_sessions_match_id_matches'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['series_id'], ['session_series.id'], name=op.f('fk_sessions_series_id_session_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sessions')),
    sa.UniqueConstraint('match_id', name=op.f('uq_sessions_match_id'))
    )
    op.create_index(op.f('ix_sessions_series_id'), 'sessions', ['series_id'], unique=False)
    op.create_table('session_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('state_before', sa.String(length=40), nullable=False),
    sa.Column('state_after', sa.String(length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('party', sa.String(length=40), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['accounts.id'], name=op.f('fk_session_events_actor_id_accounts')),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_session_events_session_id_sessions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_events'))
    )
    op.create_index(op.f('ix_session_events_session_id'), 'session_events', ['session_id'], unique=False)
    op.create_table('session_views',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('fit', sa.String(length=40), nullable=False),
    sa.Column('again', sa.String(length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('given_by_id', sa.Integer(), nullable=True),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['given_by_id'], ['accounts.id'], name=op.f('fk_session_views_given_by_id_accounts')),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_session_views_session_id_sessions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_views')),
    sa.UniqueConstraint('session_id', 'side', name=op.f('uq_session_views_session_id_side'))
    )
    op.create_index(op.f('ix_session_views_session_id'), 'session_views', ['session_id'], unique=False)
    op.create_table('session_materials',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_session_materials_file_id_files')),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_session_materials_session_id_sessions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_materials')),
    sa.UniqueConstraint('file_id', name=op.f('uq_session_materials_file_id'))
    )
    op.create_index(op.f('ix_session_materials_session_id'), 'session_materials', ['session_id'], unique=False)


def downgrade() -> None:
    for table in ('session_materials', 'session_views', 'session_events', 'sessions', 'session_series'):
        op.drop_table(table)
    op.drop_table('received_mails')
    op.drop_table('attachments')
    for table in ('messages', 'thread_reads'):
        op.execute(f'DELETE FROM {table} WHERE thread_id NOT IN (SELECT thread_id FROM matches WHERE thread_id IS NOT NULL)')  # nosec B608  # names from this file
        op.add_column(table, sa.Column('match_id', sa.Integer(), nullable=True))
        op.execute(f'UPDATE {table} SET match_id = (SELECT id FROM matches WHERE matches.thread_id = {table}.thread_id)')  # nosec B608  # names from this file
    _hang('messages', on='matches', by='match_id', instead_of='thread_id', before='threads')
    _hang('thread_reads', on='matches', by='match_id', instead_of='thread_id', before='threads')
    op.drop_index(op.f('ix_matches_thread_id'), table_name='matches')
    if op.get_bind().dialect.name == 'postgresql':
        op.drop_constraint('fk_matches_thread_id_threads', 'matches', type_='foreignkey')
    op.execute('ALTER TABLE matches DROP COLUMN thread_id')
    op.drop_table('threads')


def _hang(table: str, *, on: str, by: str, instead_of: str, before: str) -> None:
    """The rows of a table hang on another one from here."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_index(f'ix_{table}_{instead_of}')
        batch_op.drop_constraint(f'fk_{table}_{instead_of}_{before}', type_='foreignkey')
        if table == 'thread_reads':
            batch_op.drop_constraint(f'uq_thread_reads_account_id_{instead_of}', type_='unique')
            batch_op.create_unique_constraint(f'uq_thread_reads_account_id_{by}', ['account_id', by])
        batch_op.drop_column(instead_of)
        batch_op.alter_column(by, existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(f'fk_{table}_{by}_{on}', on, [by], ['id'], ondelete='CASCADE')
        batch_op.create_index(f'ix_{table}_{by}', [by], unique=False)
