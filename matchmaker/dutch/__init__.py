"""Dutch as municipalities and schools write it: words, stems, compounds, synonyms of the trade, reading level.

Pure: text in, values out. Nothing here reads a register or a database.
"""
