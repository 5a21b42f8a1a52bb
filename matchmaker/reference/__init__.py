"""The registers the product ships with: facts every municipality and school shares, as typed values.

Pure: no database, no web. Each loader reads its table once and gives frozen values in a fixed order. Where the facts
come from and how to make the tables anew stands in `registers/README.md`.
"""

from matchmaker.reference.distance import distance_km, km_between
from matchmaker.reference.gazetteer import Place, find_place, find_places, places
from matchmaker.reference.holidays import (
    AMSTERDAM,
    MUNICIPAL,
    DaysOff,
    Holiday,
    LiberationDay,
    add_working_days,
    arrival_moment,
    due_moment,
    is_working_day,
    public_holidays,
    working_days_between,
)
from matchmaker.reference.isced import (
    Breadth,
    StudyField,
    broad_fields,
    detailed_fields,
    study_field,
    study_fields,
)
from matchmaker.reference.municipal import (
    Municipality,
    find_municipality,
    municipalities,
    municipality,
    municipality_by_slug,
    nearest,
    neighbours,
    rings,
    size_of,
)
from matchmaker.reference.names import fold
from matchmaker.reference.provincial import Province, province, provinces
from matchmaker.reference.school_calendar import (
    Break,
    SchoolHoliday,
    SchoolRegion,
    all_school_holidays,
    school_holidays,
    school_holidays_are_known,
    school_region,
)
from matchmaker.reference.schools import (
    Funding,
    Institution,
    Location,
    find_institution,
    institution,
    institutions,
    institutions_with_domain,
)
from matchmaker.reference.studies import Programme, find_programmes, programme, programmes
from matchmaker.reference.work import WorkField, crosswalk, work_field, work_fields

__all__ = [
    "AMSTERDAM",
    "MUNICIPAL",
    "Breadth",
    "Break",
    "DaysOff",
    "Funding",
    "Holiday",
    "Institution",
    "LiberationDay",
    "Location",
    "Municipality",
    "Place",
    "Programme",
    "Province",
    "SchoolHoliday",
    "SchoolRegion",
    "StudyField",
    "WorkField",
    "add_working_days",
    "all_school_holidays",
    "arrival_moment",
    "broad_fields",
    "crosswalk",
    "detailed_fields",
    "distance_km",
    "due_moment",
    "find_institution",
    "find_municipality",
    "find_place",
    "find_places",
    "find_programmes",
    "fold",
    "institution",
    "institutions",
    "institutions_with_domain",
    "is_working_day",
    "km_between",
    "municipalities",
    "municipality",
    "municipality_by_slug",
    "nearest",
    "neighbours",
    "places",
    "programme",
    "programmes",
    "province",
    "provinces",
    "public_holidays",
    "rings",
    "size_of",
    "school_holidays",
    "school_holidays_are_known",
    "school_region",
    "study_field",
    "study_fields",
    "work_field",
    "work_fields",
    "working_days_between",
]
