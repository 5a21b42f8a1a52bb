"""Work for later: a row committed with the change is the truth, a worker takes it. See docs/decisions/0002."""
