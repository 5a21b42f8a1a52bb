"""The matching engine: which offers fit a need, how well, why, and what one change would raise the fit.

Pure: values in, values out. It compares postings of organisations and never persons. See docs/engine.md.
"""
