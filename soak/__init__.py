"""Long runs that prove what a short test cannot: `make soak`, or one of them: `python -m soak.NAME --rounds 10`.

Real server processes, a real PostgreSQL, a real SMTP server, all on loopback. See docs/soak.md.
"""
