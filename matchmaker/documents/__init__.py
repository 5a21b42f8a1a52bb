"""Documents: accessible, archivable PDF (PDF/UA-1 and PDF/A-2a), made by typst from values. See docs/documents.md."""
