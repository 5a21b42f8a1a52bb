"""The log of placements in sentences."""

from typing import Any

from flask_babel.speaklater import LazyString

from matchmaker.placements.parts import Part
from matchmaker.placements.states import PlacementState
from matchmaker.words.language import gettext
from matchmaker.words.language import lazy_gettext as _l
from matchmaker.words.placements import placed

PLACEMENT_EVENTS: dict[str, LazyString] = {
    "placement.open": _l("Een student is aangewezen. Het regelen van de stage begint."),
    "placement.arrange": _l("De afspraken over een stage zijn ingevuld."),
    "placement.submit": _l("De afspraken zijn aan de opleiding voorgelegd."),
    "placement.approve": _l("De opleiding heeft de afspraken goedgekeurd."),
    "placement.send_back": _l("De opleiding heeft de afspraken teruggestuurd."),
    "placement.reopen": _l("De afspraken zijn weer geopend."),
    "placement.send": _l("De overeenkomst is verstuurd om te tekenen."),
    "placement.sign": _l("De overeenkomst is door iedereen getekend."),
    "placement.withdraw": _l("De overeenkomst is ingetrokken."),
    "placement.amend": _l("De overeenkomst is gewijzigd."),
    "placement.start": _l("De stage is begonnen."),
    "placement.finish": _l("De stage is afgerond."),
    "placement.cancel": _l("De stage gaat niet door."),
    "placement.stop": _l("De stage is eerder gestopt."),
    "placement.name": _l("Iemand is aangewezen bij een stage."),
    "placement.remind": _l("Er is een herinnering gestuurd over een stage."),
    "placement.escalate": _l("De termijn bij een stage was voorbij. Dat is gemeld."),
    "placement.set_presence": _l("De opleiding heeft ingesteld wat er bij de stage hoort."),
    "placement.check": _l("Een punt voor de start is bijgewerkt."),
    "placement.add_check": _l("Er is een punt voor de start toegevoegd."),
    "placement.plan_contact": _l("Er is een gesprek gepland."),
    "placement.contact_held": _l("Er is een gesprek geweest."),
    "placement.drop_contact": _l("Een gepland gesprek gaat niet door."),
    "placement.remind_contact": _l("Er is aan een gesprek herinnerd."),
    "placement.note": _l("Er is een notitie geschreven."),
    "placement.write_day": _l("De student heeft een dag opgeschreven."),
    "placement.confirm_days": _l("De begeleider heeft dagen bevestigd."),
    "placement.signal": _l("Iemand heeft gemeld dat het niet goed gaat."),
    "placement.answer_signal": _l("Er is geantwoord op een signaal."),
    "placement.signal_late": _l("Op een signaal kwam geen antwoord. Dat is gemeld."),
    "placement.ask_evaluation": _l("Er is gevraagd hoe het gaat."),
    "placement.evaluate": _l("Iemand heeft verteld hoe het ging."),
    "placement.read_evaluation": _l("Ingelezen uit een bestand hoe het ging."),
    "placement.reply": _l("De student heeft gezegd of dat klopt."),
    "placement.let_follow": _l("De student wil in beeld blijven."),
    "placement.stop_follow": _l("De student wil niet meer in beeld blijven."),
    "placement.describe_product": _l("De student laat anderen zien wat er gemaakt is."),
    "placement.withdraw_product": _l("De student laat het werk niet meer zien."),
    "placement.show_product": _l("Het werk van de student staat in de bibliotheek."),
    "placement.forget": _l("Namen en teksten van een stage zijn weggehaald. De termijn is voorbij."),
    "placements.file_uploaded": _l("Er is een bestand met stages gestuurd."),
    "placements.evaluations_imported": _l("Een bestand met evaluaties is ingelezen."),
    "placements.imported": _l("Een bestand met stages is ingelezen."),
    "recognition.keep": _l("Een erkenning als leerbedrijf is ingevoerd."),
    "recognition.drop": _l("Een erkenning als leerbedrijf is weggehaald."),
    "standard_check.add": _l("De gemeente wil bij elke stage nog iets klaar hebben."),
    "standard_check.drop": _l("De gemeente heeft een vast punt weggehaald."),
    "competences.load": _l("Het register van competenties is ingelezen."),
}
PLACEMENT_OBJECTS: dict[str, LazyString] = {
    "Competence": _l("Competentie"),
    "Placement": _l("Stage"),
    "Recognition": _l("Erkenning als leerbedrijf"),
    "StandardCheck": _l("Vast punt voor de start"),
}
_LISTS: dict[str, LazyString] = {
    "placements": _l("Als bestand: de lijst van stages."),
    "evaluations": _l("Als bestand: de lijst van evaluaties."),
}


def stage_line(value: Any) -> str:
    """Where a placement stood after the step."""
    known = value in set(PlacementState)
    return gettext("Stand: %(state)s.", state=placed(PlacementState(value)) if known else value)


def part_line(value: Any) -> str:
    """In which part someone did it; of who came by a link this is all the log knows. The system has no part."""
    known = value in set(Part)
    if known and Part(value) is Part.SYSTEM:
        return ""
    return gettext("In de rol: %(part)s.", part=placed(Part(value)) if known else value)


def list_line(value: Any) -> str:
    """Which list of an organisation was taken as a file."""
    return str(_LISTS.get(value, value))
