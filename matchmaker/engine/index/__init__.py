"""The postings of one kind and side in columns: the best counterparts of a posting, exactly and fast.

The rules in `engine.criteria` and `engine.requirements` stay the truth. This is a second reading of them that finds the
winners and nothing else; `tests/engine/index/test_agrees.py` holds both to the same totals. See
docs/matching-at-scale.md.
"""

from matchmaker.engine.index.block import Entry, Hit, Index

__all__ = ["Entry", "Hit", "Index"]
