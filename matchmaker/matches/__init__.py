"""From proposal to agreement between a school and a municipality, through the desk."""
