"""consents in rows of their own, and when an account was closed

What was agreed to before is moved: the words were those of version 1, in which language was not kept. A column of a
table that others lean on is dropped in place: SQLite would make the table anew and lose the rows that lean on it.
"""

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'

STUDENT = """(SELECT p.account_id FROM placement_people p
    WHERE p.placement_id = {table}.placement_id AND p.part = 'student' ORDER BY p.id LIMIT 1)"""
ADDRESS = """COALESCE((SELECT LOWER(p.address) FROM placement_people p
    WHERE p.placement_id = {table}.placement_id AND p.part = 'student' AND p.account_id IS NULL
    ORDER BY p.id LIMIT 1), '')"""
PURPOSES = {'follow_ons': 'follow_after_placement', 'placement_products': 'show_product'}


def upgrade() -> None:
    op.create_table('consents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('text_version', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('moved_from', sa.String(length=40), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_consents_account_id_accounts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents'))
    )
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consents_account_id'), ['account_id'], unique=False)

    for table in (*PURPOSES, 'finished_works'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('consent_id', sa.Integer(), nullable=True))
            batch_op.create_index(batch_op.f(f'ix_{table}_consent_id'), ['consent_id'], unique=False)
            batch_op.create_foreign_key(batch_op.f(f'fk_{table}_consent_id_consents'), 'consents', ['consent_id'], ['id'])
    with op.batch_alter_table('finished_works', schema=None) as batch_op:
        batch_op.add_column(sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True))

    for table, purpose in PURPOSES.items():
        _move(table, purpose, STUDENT.format(table=table), ADDRESS.format(table=table))
    _move('finished_works', 'show_finished_work', 'consented_by_id', "''")
    op.execute('UPDATE finished_works SET hidden_at = withdrawn_at')
    op.execute('ALTER TABLE consents DROP COLUMN moved_from')

    for table in PURPOSES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('withdrawn_at')
            batch_op.drop_column('consented_at')
    with op.batch_alter_table('finished_works', schema=None) as batch_op:
        batch_op.drop_constraint('fk_finished_works_consented_by_id_accounts', type_='foreignkey')
        batch_op.drop_column('withdrawn_at')
        batch_op.drop_column('consented_at')
        batch_op.drop_column('consented_by_id')

    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE accounts SET closed_at = CURRENT_TIMESTAMP WHERE status = 'disabled'")


def _move(table: str, purpose: str, account: str, address: str) -> None:
    """A consent for each row, and the row points to it."""
    op.execute(
        'INSERT INTO consents (purpose, text_version, language, account_id, address, given_at, withdrawn_at, moved_from) '  # nosec B608  # names from this file
        f"SELECT '{purpose}', 1, '', {account}, {address}, consented_at, withdrawn_at, '{table}:' || {table}.id "
        f'FROM {table} ORDER BY {table}.id'
    )
    op.execute(
        f'UPDATE {table} SET consent_id = '  # nosec B608  # names from this file
        f"(SELECT c.id FROM consents c WHERE c.moved_from = '{table}:' || {table}.id)"
    )


def downgrade() -> None:
    op.execute('ALTER TABLE accounts DROP COLUMN closed_at')

    for table in (*PURPOSES, 'finished_works'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('consented_at', sa.DateTime(timezone=True), nullable=True))
            batch_op.add_column(sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True))
        for column, source in (('consented_at', 'given_at'), ('withdrawn_at', 'withdrawn_at')):
            op.execute(
                f'UPDATE {table} SET {column} = (SELECT c.{source} FROM consents c WHERE c.id = {table}.consent_id)'  # nosec B608  # names from this file
            )
        op.execute(f'UPDATE {table} SET consented_at = COALESCE(consented_at, CURRENT_TIMESTAMP)')  # nosec B608  # names from this file
        op.execute(f'UPDATE {table} SET withdrawn_at = CURRENT_TIMESTAMP WHERE consent_id IS NULL AND withdrawn_at IS NULL')  # nosec B608  # names from this file
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column('consented_at', existing_type=sa.DateTime(timezone=True), nullable=False)
    op.execute('UPDATE finished_works SET withdrawn_at = hidden_at WHERE hidden_at IS NOT NULL')
    with op.batch_alter_table('finished_works', schema=None) as batch_op:
        batch_op.add_column(sa.Column('consented_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_finished_works_consented_by_id_accounts'), 'accounts', ['consented_by_id'], ['id']
        )
    op.execute(
        'UPDATE finished_works SET consented_by_id = '
        "(SELECT c.account_id FROM consents c WHERE c.id = finished_works.consent_id AND c.purpose = 'show_finished_work')"
    )
    for table in (*PURPOSES, 'finished_works'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(f'fk_{table}_consent_id_consents', type_='foreignkey')
            batch_op.drop_index(batch_op.f(f'ix_{table}_consent_id'))
            batch_op.drop_column('consent_id')
    with op.batch_alter_table('finished_works', schema=None) as batch_op:
        batch_op.drop_column('hidden_at')
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consents_account_id'))
    op.drop_table('consents')
