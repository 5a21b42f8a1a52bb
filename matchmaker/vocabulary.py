"""The closed lists of the trade. Members carry no labels: words for pages live in `matchmaker.words`.

Values are what the database, the API, imports and exports store.
"""

from enum import StrEnum


class Side(StrEnum):
    """Which side of the desk a listing stands on."""

    OFFER = "offer"
    NEED = "need"


class Party(StrEnum):
    """Who speaks or acts. Reasons and hints are told to a side of the desk: the school or the municipality."""

    SCHOOL = "school"
    MUNICIPALITY = "municipality"
    COLLEAGUE = "colleague"
    VISITOR = "visitor"
    STUDENT = "student"
    PARENT = "parent"
    SYSTEM = "system"


SIDES_OF_THE_DESK = (Party.SCHOOL, Party.MUNICIPALITY)


class Kind(StrEnum):
    """What is offered or needed. A place is one student for months, a session an hour or two, a seat has terms."""

    ORIENTATION = "orientation_placement"
    WORK = "work_placement"
    RESEARCH = "research_placement"
    GRADUATION = "graduation_project"
    GROUP = "group_assignment"
    TRAINEESHIP = "traineeship"
    LECTURE = "guest_lecture"
    SEAT = "committee_seat"
    VISIT = "site_visit"
    COURSE = "joint_course"
    QUESTION = "open_question"


PLACEMENT_KINDS = frozenset({Kind.ORIENTATION, Kind.WORK, Kind.RESEARCH, Kind.GRADUATION})
PLACE_KINDS = PLACEMENT_KINDS | {Kind.TRAINEESHIP}
SESSION_KINDS = frozenset({Kind.LECTURE, Kind.VISIT})


class Level(StrEnum):
    """Level of education, low to high. Choosing hbo does not include the associate degree."""

    VO = "vo"
    MBO1 = "mbo1"
    MBO2 = "mbo2"
    MBO3 = "mbo3"
    MBO4 = "mbo4"
    AD = "ad"
    HBO_BACHELOR = "hbo_bachelor"
    HBO_MASTER = "hbo_master"
    WO_BACHELOR = "wo_bachelor"
    WO_MASTER = "wo_master"


class Track(StrEnum):
    """Mbo: learning at school with placements (bol) or working with a day of school (bbl)."""

    BOL = "bol"
    BBL = "bbl"


class Mode(StrEnum):
    """Where it takes place."""

    ON_SITE = "on_site"
    HYBRID = "hybrid"
    ONLINE = "online"


class OrganisationKind(StrEnum):
    MUNICIPALITY = "municipality"
    INSTITUTION = "institution"
    REGION = "region"
    PROVIDER = "provider"
    PLATFORM = "platform"


class Sector(StrEnum):
    """Kind of education an institution gives."""

    VO = "vo"
    MBO = "mbo"
    HBO = "hbo"
    WO = "wo"


class Role(StrEnum):
    """What someone may do on behalf of one organisation."""

    STUDENT = "student"
    LECTURER = "lecturer"
    COORDINATOR = "placement_coordinator"
    COLLEAGUE = "colleague"
    OFFICER = "contact_officer"
    REGION_COORDINATOR = "region_coordinator"
    HR_PLANNER = "hr_planner"
    BROKER = "learning_broker"
    BOARD = "board_member"
    PROVIDER = "course_provider"
    ORG_ADMIN = "organisation_admin"
    PLATFORM_ADMIN = "platform_admin"


class ListingStatus(StrEnum):
    DRAFT = "draft"
    IN_CHECK = "in_check"
    PUBLISHED = "published"
    RETURNED = "returned"
    CLOSED = "closed"
    EXPIRED = "expired"


class Refusal(StrEnum):
    """Why a desk, colleague or school says no. Every no carries one of these."""

    NO_CAPACITY = "no_capacity"
    NO_SUPERVISOR = "no_supervisor"
    NOT_OUR_WORK = "not_our_work"
    OUTSOURCED = "outsourced"
    PERIOD = "period_does_not_fit"
    LEVEL = "level_does_not_fit"
    CROWDED = "crowded"
    NO_RECOGNITION = "no_recognition"
    FOUND_ELSEWHERE = "found_elsewhere"
    NO_DESK = "no_desk_within_reach"
    OTHER = "other"
