"""One assignment of several municipalities: the same question, asked once, with credit to all."""
