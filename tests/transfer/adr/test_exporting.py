"""Decisions as MADR files, and those files as decisions elsewhere."""

from zoneinfo import ZoneInfo

from dayline.decisions.queries import visible_decisions
from dayline.identity.models import Role
from dayline.transfer.adr.decision_set import load_decision_set
from dayline.transfer.adr.exporting import Export, zipped
from tests.clock import START
from tests.races import acting
from tests.transfer.adr.shelf import RECORDS, Shelf


async def test_a_record_goes_out_as_it_came(shelf: Shelf) -> None:
    await shelf.bring(RECORDS)
    files = await shelf.export()
    assert set(files) == {*RECORDS, "index.md"}
    assert files["0005-go.md"] == RECORDS["0005-go.md"]
    python = files["0004-python.md"]
    head, _, rest = RECORDS["0004-python.md"].partition("parent: Decisions\n")
    assert python.startswith(head)
    assert python.endswith(rest)
    assert files["0002-scripts.md"].startswith(
        "---\nstatus: Accepted\ndate: 2016-02-12\n"
        "amended-by:\n- '[ADR-0004](0004-python.md)'\n---\n\n# Scripts\n"
    )
    row = "| DEC-2 | [Awk](0003-awk.md) | superseded by [ADR-0004](0004-python.md) | 2017-01-02 |"
    assert row in files["index.md"].split("\n")


async def test_a_zip_is_made_file_by_file(shelf: Shelf) -> None:
    await shelf.bring(RECORDS)
    async with acting(shelf.team, shelf.team.owner, Role.OWNER) as caller:
        held = await load_decision_set(caller.session, visible_decisions(caller))
    pieces = list(zipped(Export(held, ZoneInfo("UTC"))))
    assert len(pieces) == len(RECORDS) + 2, "the index, and the list of what is inside"
    assert all(pieces)


async def test_what_went_out_comes_elsewhere_and_goes_out_the_same(
    shelf: Shelf, other: Shelf
) -> None:
    odd = {
        "0007-odd.md": "---\nstatus: {x}\nstate: new\n---\n# Odd\n\n## Decision\n\n```\nopen",
        "0008-links.md": "# 8. Links\n\n## Status\n\nOn hold\n\nAmends [9](0099-gone.md)\n\nLater.",
        "0009-draft.md": "---\nstatus: Draft, see ADR-8\ndate: 2024-05-17\nx: y\n---\n# Draft\n",
        "web/0001-deep.md": "# Deep\n\n## Links\n\n* Amends [Python](../0004-python.md)",
    }
    await shelf.bring(RECORDS | odd)
    files = await shelf.export()
    await other.team.owner.post("/decisions", {"project": "ARC", "title": "Made there"})
    brought = await other.bring({name: text for name, text in files.items() if name != "index.md"})
    assert len(brought.new) == len(RECORDS) + len(odd)
    again = await other.export()
    assert {name: text for name, text in again.items() if name in brought.new} == {
        name: text for name, text in files.items() if name != "index.md"
    }


async def test_what_was_decided_here_says_who_was_asked_and_what_it_took(shelf: Shelf) -> None:
    team, owner = shelf.team, shelf.team.owner
    sam, kim = await team.add("sam"), await team.add("kim")
    await shelf.bring({"0001-old.md": "---\nstatus: accepted\n---\n\n# Old\n\nSo be it.\n"})
    draft = {
        "project": "ARC",
        "title": "Use | of what?",
        "context": "## There are two\n\n```\nand an open fence",
        "recommendation": "The first.",
        "options": [
            {"title": "One", "is_recommended": True, "body": "# Good"},
            {"title": "Other"},
        ],
        "input_due_at": "2026-05-20T19:00:00Z",
        "decider_id": str(owner.member_id),
        "stakeholders": [
            {"member_id": str(sam.member_id), "asked_for": "approval"},
            {"member_id": str(kim.member_id)},
        ],
        "supersedes": ["DEC-1"],
    }
    made = await owner.post("/decisions", draft)
    assert made.status_code == 201, made.text
    key = made.json()["key"]
    proposed = (await shelf.export())["0002-use-of-what.md"]
    assert proposed.startswith("---\nstatus: proposed\ndecision-makers: Olena\n")
    await owner.post(f"/decisions/{key}/open", {"minutes": 15})
    await sam.put(f"/decisions/{key}/input", {"stance": "reject", "reason": "Slow.", "minutes": 5})
    other = made.json()["options"][1]["id"]
    said = {"stance": "prefer", "option_id": other, "minutes": 10}
    assert (await kim.put(f"/decisions/{key}/input", said)).status_code == 200
    outcome = {
        "option_id": made.json()["options"][0]["id"],
        "rationale": "It is there.",
        "answers": [{"member_id": str(sam.member_id), "answer": "It is quick enough."}],
        "minutes": 5,
    }
    decided = await owner.post(f"/decisions/{key}/decide", outcome)
    assert decided.status_code == 200, decided.text
    answer = await owner.get(f"/decisions/{key}/madr")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="0002-use-of-what.md"'
    assert answer.text == (
        "---\n"
        "status: accepted\n"
        f"date: {START:%Y-%m-%d}\n"
        "decision-makers: Olena\n"
        "consulted: Kim, Sam\n"
        "supersedes:\n- '[ADR-0001](0001-old.md)'\n"
        "---\n\n"
        "# Use | of what?\n\n"
        "## Context and Problem Statement\n\n### There are two\n\n```\nand an open fence\n```\n\n"
        "## Considered Options\n\n* One\n* Other\n\n"
        '## Decision Outcome\n\nChosen option: "One", because\n\nIt is there.\n\n'
        "## Pros and Cons of the Options\n\n### One\n\n#### Good\n\n"
        "## Recommendation\n\nThe proposal was: One\n\nThe first.\n\n"
        "## Input\n\n"
        "### Kim prefers: Other\n\nAsked for input; answered on 2026-05-18 07:00 UTC.\n\n"
        "### Sam rejects\n\nAsked for approval; answered on 2026-05-18 07:00 UTC.\n\n"
        "Slow.\n\nAnswer: It is quick enough.\n\n"
        "## More Information\n\n"
        "* DEC-2, proposed by Olena.\n"
        "* Open for input from 2026-05-18 07:00 UTC until 2026-05-20 19:00 UTC.\n"
        "* Decided after 0.0 hours.\n"
        "* It took 35 person-minutes; the meeting would have taken 90, 3 people for 30 minutes.\n"
    )
    old = (await shelf.export())["0001-old.md"]
    assert old == (
        "---\nstatus: superseded by [ADR-0002](0002-use-of-what.md)\n---\n\n# Old\n\nSo be it.\n"
    )


async def test_a_guest_takes_what_they_see(shelf: Shelf) -> None:
    await shelf.team.owner.post("/projects", {"key": "WEB", "name": "Web"})
    await shelf.bring({"0001-web.md": "# Web"}, project="WEB")
    await shelf.bring(RECORDS)
    guest = await shelf.team.add("gail", Role.GUEST)
    added = await shelf.team.owner.put(f"/projects/WEB/people/{guest.member_id}")
    assert added.status_code == 200, added.text
    assert set(await shelf.export(guest)) == {"index.md"}
    for key in ("DEC-1", "DEC-2"):
        decision = await shelf.decision(key)
        public = await shelf.team.owner.patch(
            f"/decisions/{key}", {"is_public": True}, decision["rev"]
        )
        assert public.status_code == 200, public.text
    assert set(await shelf.export(guest)) == {"0001-web.md", "index.md"}
    assert (await guest.get("/decisions/DEC-2/madr")).status_code == 404
    assert (await guest.get("/decisions/export", project="ARC")).status_code == 404


async def test_a_draft_that_is_decided_here_has_the_day_of_that(shelf: Shelf) -> None:
    owner, sam = shelf.team.owner, await shelf.team.add("sam")
    proposal = RECORDS["0005-go.md"].replace("proposed\n", "proposed\ndate: 2024-05-17\n")
    await shelf.bring({"0005-go.md": proposal + "\n## Context\n\nOne file is easier.\n"})
    asked = {
        "decider_id": str(owner.member_id),
        "stakeholders": [{"member_id": str(sam.member_id)}],
        "input_due_at": "2026-05-20T19:00:00Z",
    }
    changed = await owner.patch("/decisions/DEC-1", asked, rev=1)
    assert changed.status_code == 200, changed.text
    await owner.post("/decisions/DEC-1/open")
    await sam.put("/decisions/DEC-1/input", {"stance": "agree"})
    outcome = {"option_id": changed.json()["options"][0]["id"], "rationale": "All agree."}
    decided = await owner.post("/decisions/DEC-1/decide", outcome)
    assert decided.status_code == 200, decided.text
    file = (await shelf.export())["0005-go.md"]
    head = "---\nstatus: accepted\ndate: 2026-05-18\ndecision-makers: Olena\nconsulted: Sam\n---\n"
    assert file.startswith(head)
