"""Many needs at once: one offer for each, by a rule anyone can check afterwards.

Pure: values in, values out. What goes in are the wishes that meet the hard requirements, how much each offer and each
desk can take, and a published seed or a score per wish. Nothing about a person goes in. See docs/rounds.md.
"""
