"""What we build on: the parts that are shipped, their licences, and a list of them for machines (SBOM)."""
