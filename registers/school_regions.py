"""School holiday region of a municipality: provinces as a whole, and the municipalities that differ from theirs."""

BY_PROVINCE = {
    "PV20": "noord",
    "PV21": "noord",
    "PV22": "noord",
    "PV23": "noord",
    "PV24": "noord",
    "PV25": "midden",
    "PV26": "midden",
    "PV27": "noord",
    "PV28": "midden",
    "PV29": "zuid",
    "PV30": "zuid",
    "PV31": "zuid",
}

OTHER_THAN_PROVINCE = {
    "GM0050": "midden",  # Zeewolde
    "GM0244": "noord",  # Hattem
    "GM0317": "noord",  # Eemnes
    "GM1959": "midden",  # Altena
    "GM0202": "zuid",  # Arnhem
    "GM0209": "zuid",  # Beuningen
    "GM1945": "zuid",  # Berg en Dal
    "GM0221": "zuid",  # Doesburg
    "GM0225": "zuid",  # Druten
    "GM0226": "zuid",  # Duiven
    "GM0252": "zuid",  # Heumen
    "GM1705": "zuid",  # Lingewaard
    "GM0268": "zuid",  # Nijmegen
    "GM1734": "zuid",  # Overbetuwe
    "GM0274": "zuid",  # Renkum
    "GM0275": "zuid",  # Rheden
    "GM0277": "zuid",  # Rozendaal
    "GM0668": "zuid",  # West Maas en Waal
    "GM0293": "zuid",  # Westervoort
    "GM0296": "zuid",  # Wijchen
    "GM0299": "zuid",  # Zevenaar
}


def school_region(municipality_code: str, province_code: str) -> str:
    """`noord`, `midden` or `zuid` for a CBS municipality code and its province."""
    return OTHER_THAN_PROVINCE.get(municipality_code, BY_PROVINCE[province_code])
