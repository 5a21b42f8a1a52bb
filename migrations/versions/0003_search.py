"""The words listings are found by, in the text index each database has."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE VIRTUAL TABLE listing_words_search USING fts5(
        words, content='listing_words', content_rowid='listing_id',
        tokenize="ascii tokenchars ''''", detail=none, columnsize=0)""",
    "CREATE VIRTUAL TABLE listing_words_search_vocabulary USING fts5vocab(listing_words_search, row)",
    """CREATE TRIGGER listing_words_search_insert AFTER INSERT ON listing_words BEGIN
        INSERT INTO listing_words_search(rowid, words) VALUES (new.listing_id, new.words);
    END""",
    """CREATE TRIGGER listing_words_search_delete AFTER DELETE ON listing_words BEGIN
        INSERT INTO listing_words_search(listing_words_search, rowid, words)
            VALUES ('delete', old.listing_id, old.words);
    END""",
    """CREATE TRIGGER listing_words_search_update AFTER UPDATE ON listing_words BEGIN
        INSERT INTO listing_words_search(listing_words_search, rowid, words)
            VALUES ('delete', old.listing_id, old.words);
        INSERT INTO listing_words_search(rowid, words) VALUES (new.listing_id, new.words);
    END""",
)
POSTGRESQL = """CREATE INDEX listing_words_search ON listing_words
    USING gin (array_to_tsvector(string_to_array(words, ' ')))"""


def upgrade():
    op.create_table(
        "listing_words",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_listing_words_listing_id_listings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("listing_id", name=op.f("pk_listing_words")),
    )
    op.create_index(op.f("ix_listing_words_version"), "listing_words", ["version"])
    op.create_table(
        "search_words",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("listings", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_words")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else (POSTGRESQL,):
        op.execute(statement)
    op.execute("DELETE FROM listing_tags WHERE facet IN ('term', 'start')")


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE listing_words_search_vocabulary")
        op.execute("DROP TABLE listing_words_search")
    op.drop_table("search_words")
    op.drop_table("listing_words")
