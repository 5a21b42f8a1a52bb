"""A legal hold: one person or one subject is neither cleaned nor erased, with a reason and a last day."""
