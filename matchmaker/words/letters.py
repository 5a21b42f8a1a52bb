"""The events someone may choose the letters of, in words."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

EVENTS: dict[str, LazyString] = {
    "match_requested": _l("Er komt een nieuwe vraag bij het loket"),
    "match_replied": _l("De vrager geeft antwoord op uw vraag"),
    "match_assigned": _l("Iemand draagt een vraag aan u over"),
    "match_colleague_answered": _l("Een collega zegt ja of nee, of noemt een ander"),
    "match_taken": _l("Iemand van het loket pakt uw vraag op"),
    "match_passed_on": _l("Een collega van de gemeente kijkt naar uw vraag"),
    "match_forwarded": _l("Uw vraag gaat naar een andere gemeente"),
    "match_asked": _l("Het loket wil nog iets van u weten"),
    "match_offered": _l("De gemeente zegt ja"),
    "match_refused": _l("De gemeente zegt nee"),
    "match_accepted": _l("De vrager neemt het aan"),
    "match_declined": _l("De vrager neemt het niet aan"),
    "dates_proposed": _l("De ander stelt data voor"),
    "match_withdrawn": _l("De ander trekt zich terug"),
    "match_due": _l("Wij wachten op u"),
    "match_late": _l("Een antwoord van de gemeente is te laat"),
    "match_other_side_late": _l("De vrager is te laat"),
    "handed_over": _l("Een collega gaat weg en u neemt het werk over"),
    "desk_moved": _l("Een gemeente werkt voortaan met een ander loket"),
    "message_posted": _l("Er is een nieuw bericht"),
    "listing_to_check": _l("Er staat iets klaar om te controleren"),
    "listing_reported": _l("Iemand meldt dat er iets niet klopt"),
    "listing_approved": _l("Het loket zet uw aanbod of vraag online"),
    "listing_returned": _l("Het loket heeft een opmerking"),
    "listing_expiring": _l("Uw aanbod of vraag verloopt bijna"),
    "listing_expired": _l("Uw aanbod of vraag is verlopen"),
    "listing_removed": _l("Uw aanbod of vraag is weggehaald"),
    "listing_report_decided": _l("Er is besloten over wat u meldde"),
    "saved_search_news": _l("Er is iets nieuws bij wat u zoekt"),
    "match_proposed": _l("Er is een nieuw voorstel"),
}
