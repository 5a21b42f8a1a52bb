"""The register of competences: what someone can do at four levels, said as behaviour that can be seen."""
