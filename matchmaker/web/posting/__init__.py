"""Pages to type, publish and manage one's own listings: the same for a school and a municipality, on either side.

`add_pages` hangs them on the blueprint of an audience. Endpoints are verb and noun: `school.list_needs`,
`municipality.post_offer`.
"""

from functools import partial, update_wrapper

from flask import Blueprint

from matchmaker.vocabulary import Side
from matchmaker.web.posting import changes, exports, imports, lists, wizard
from matchmaker.web.posting.pages import STEPS, Posting

__all__ = ["add_pages"]


def add_pages(blueprint: Blueprint, side: Side) -> None:
    """Everything an audience can do with its listings of one side."""
    posting = Posting(blueprint.name, side)
    start = f"/{posting.folder}"
    one = f"{start}/<reference>"
    steps = ",".join(f"'{step}'" for step in STEPS)
    for path, name, view, methods in (
        (start, f"list_{posting.noun}s", lists.show_list, "GET"),
        (f"{start}/nieuw", f"post_{posting.noun}", wizard.post, "GET POST"),
        (f"{start}/importeren", f"import_{posting.noun}s", imports.upload, "GET POST"),
        (f"{start}/importeren/voorbeeld.<any('csv','xlsx'):form>", f"import_{posting.noun}s_template",
         imports.download_template, "GET"),
        (f"{start}/importeren/<id:file_id>", f"preview_{posting.noun}s_import", imports.preview, "GET POST"),
        (f"{start}/importeren/taak/<id:job_id>", f"follow_{posting.noun}s_import", imports.follow, "GET"),
        (f"{start}/importeren/taak/<id:job_id>/stand", f"measure_{posting.noun}s_import", imports.measure, "GET"),
        (f"{start}/download.<any('csv','xlsx'):form>", f"export_{posting.noun}s", exports.download, "GET"),
        (one, f"show_{posting.noun}", lists.show_one, "GET"),
        (f"{one}/soort", f"change_{posting.noun}_kind", wizard.change_kind, "GET POST"),
        (f"{one}/<any({steps}):step>", f"edit_{posting.noun}", wizard.edit, "GET POST"),
        (f"{one}/<any({steps}):step>/bewaren", f"keep_{posting.noun}", wizard.keep, "POST"),
        (f"{one}/schrijfhulp", f"advise_{posting.noun}", wizard.advise, "POST"),
        (f"{one}/controle", f"preview_{posting.noun}", wizard.preview, "GET"),
        (f"{one}/publiceren", f"publish_{posting.noun}", changes.publish, "POST"),
        (f"{one}/sluiten", f"close_{posting.noun}", changes.close, "POST"),
        (f"{one}/kopie", f"copy_{posting.noun}", changes.copy, "POST"),
        (f"{one}/terughalen", f"withdraw_{posting.noun}", changes.withdraw, "POST"),
    ):  # fmt: skip
        blueprint.add_url_rule(path, name, update_wrapper(partial(view, posting), view), methods=methods.split())
