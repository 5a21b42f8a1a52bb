"""Committees of a faculty or programme: seats, terms, meetings, advice, and the dossier for accreditation."""
