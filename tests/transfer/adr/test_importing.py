"""What a folder of records becomes in a project."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dayline.core.phrase import Phrase
from dayline.identity.models import Role
from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.text.catalogs import render
from dayline.transfer.adr.folder import FolderFault
from dayline.transfer.entering import ImportFault
from dayline.transfer.events import ImportFinished
from tests.live import snapshot_of
from tests.recorded import head, recorded
from tests.transfer.adr.shelf import RECORDS, Shelf


async def test_records_come_decided_with_day_status_and_links(shelf: Shelf) -> None:
    brought = await shelf.bring(RECORDS)
    assert brought.new == {
        "0002-scripts.md": "DEC-1",
        "0003-awk.md": "DEC-2",
        "0004-python.md": "DEC-3",
        "0005-go.md": "DEC-4",
    }
    assert (brought.drafts, brought.relations) == (1, 2)
    scripts, awk, python = [await shelf.decision(f"DEC-{number}") for number in (1, 2, 3)]
    assert [each["status"] for each in (scripts, awk, python)] == ["decided"] * 3
    assert [each["decided_on"] for each in (scripts, awk)] == ["2016-02-12", "2017-01-02"]
    assert {each["decided_at"] for each in (scripts, awk, python)} == {None}
    assert scripts["outcome"] == "It is a script of the shell."
    assert scripts["source_status"] == "Accepted"
    assert awk["source_status"] == "superseded by [ADR-0004](0004-python.md)"
    assert (awk["superseded_by"], scripts["superseded_by"]) == ("DEC-3", None)
    assert [each["key"] for each in scripts["amended_by"]] == ["DEC-3"]
    assert [each["key"] for each in python["amends"]] == ["DEC-1"]
    assert [each["key"] for each in python["supersedes"]] == ["DEC-2"]
    chosen = [option["title"] for option in python["options"] if option["is_chosen"]]
    assert (chosen, python["rationale"]) == (["Python"], "more of us know it.")
    sections = {section["title"]: section["body"] for section in python["sections"]}
    assert sections["Decision makers"] == "Olena, Sam"
    assert sections["Notes of the meeting"] == "Nobody was late."
    assert sections["Front matter"] == "```yaml\nparent: Decisions\n```"


async def test_what_is_proposed_is_a_draft_that_recommends(shelf: Shelf) -> None:
    await shelf.bring(RECORDS)
    draft = await shelf.decision("DEC-4")
    assert (draft["status"], draft["recommendation"]) == ("draft", "it is one file.")
    assert [each["title"] for each in draft["options"] if each["is_recommended"]] == ["Go"]
    assert not any(each["is_chosen"] for each in draft["options"])
    assert (draft["source_status"], draft["decided_on"]) == (None, None)


async def test_what_was_imported_is_a_record_that_the_database_keeps(shelf: Shelf) -> None:
    await shelf.bring(RECORDS)
    change = text("UPDATE decisions SET outcome = 'x' WHERE number = 1")
    async with shelf.sessions() as session, session.begin():
        await enter_workspace(session, Scope(shelf.team.workspace_id, shelf.team.clock.now, None))
        with pytest.raises(DBAPIError, match="a decided record cannot change"):
            await session.execute(change)


async def test_search_finds_what_a_record_says_anywhere(shelf: Shelf) -> None:
    await shelf.bring(RECORDS)
    for words in ("shells differ", "nobody was late", "DEC-3"):
        found = (await shelf.team.owner.get("/search", q=words)).json()
        assert "DEC-3" in str(found), words


async def test_a_record_can_still_be_made_public(shelf: Shelf) -> None:
    await shelf.bring(RECORDS)
    rev = (await shelf.decision("DEC-1"))["rev"]
    answer = await shelf.team.owner.patch("/decisions/DEC-1", {"is_public": True}, rev)
    assert (answer.status_code, answer.json()["is_public"]) == (200, True)


async def test_again_nothing_comes_and_a_new_file_does(shelf: Shelf) -> None:
    await shelf.bring(RECORDS)
    before = await shelf.everything()
    again = await shelf.bring()
    assert (again.new, again.warnings) == ({}, {})
    assert await shelf.everything() == before
    later = "# 6. Rust\n\n## Status\n\nAccepted\n\nAmends ADR-4\n\n## Decision\n\nYes."
    brought = await shelf.bring({"0006-rust.md": later})
    assert brought.new == {"0006-rust.md": "DEC-5"}
    assert [each["key"] for each in (await shelf.decision("DEC-5"))["amends"]] == ["DEC-3"]


async def test_a_file_that_says_something_else_by_now_changes_no_record(shelf: Shelf) -> None:
    await shelf.bring(RECORDS)
    before = await shelf.everything()
    brought = await shelf.bring({"0003-awk.md": RECORDS["0003-awk.md"].replace("awk", "sed")})
    assert brought.warnings == {"0003-awk.md": [Phrase("imports.warned-differs", key="DEC-2")]}
    assert await shelf.everything() == before


async def test_a_link_that_a_record_did_not_have_is_told(shelf: Shelf) -> None:
    await shelf.bring({"0001-one.md": "# One\n\n## Decision\n\nOne."})
    later = {"0002-two.md": "# Two\n\n## Status\n\nSuperseded by ADR-1\n\n## Decision\n\nTwo."}
    brought = await shelf.bring(later)
    assert (brought.new, brought.relations) == ({"0002-two.md": "DEC-2"}, 0)
    assert brought.warnings["0001-one.md"] == [
        Phrase("imports.warned-link-late", kind="supersedes", file="0002-two.md")
    ]


async def test_a_dry_run_says_the_same_and_changes_nothing(shelf: Shelf) -> None:
    before = await shelf.everything()
    said = await shelf.bring(RECORDS, dry_run=True)
    assert await shelf.everything() == before
    assert await shelf.bring() == said


async def test_one_event_tells_of_it_and_clients_read_afresh(shelf: Shelf) -> None:
    before, old = await head(shelf.team), await snapshot_of(shelf.team.owner)
    await shelf.bring(RECORDS)
    (event,) = await recorded(shelf.team, before)
    assert (event.kind, event.actor_id) == (ImportFinished.kind, None)
    assert (event.data["source"], event.data["decisions"]) == ("adr", 4)
    query = {"since": old["seq"], "epoch": old["epoch"]}
    answer = await shelf.team.owner.get("/events", **query)
    assert (answer.status_code, answer.json()["reason"]) == (409, "epoch")


async def test_links_that_lead_nowhere_or_round_stay_text(shelf: Shelf) -> None:
    brought = await shelf.bring(
        {
            "0001-one.md": "# One\n\n## Status\n\nAccepted\n\nAmended by [9](0009-gone.md)",
            "0002-two.md": "---\nsupersedes: ADR-3\n---\n# Two",
            "0003-three.md": "---\nsupersedes: ADR-2\n---\n# Three",
            "a/0004-four.md": "---\namends: ADR-4\n---\n# Four",
            "0004-same.md": "# Same",
            "b/0004-other.md": "# Other",
            "0005-five.md": "---\namends: ADR-6\n---\n# Five",
            "0006-six.md": "# Six",
            "b/0006-six.md": "# Six",
        }
    )
    assert brought.warnings["0001-one.md"][-1] == (
        Phrase("imports.warned-link-nowhere", link="amended by [9](0009-gone.md)")
    )
    assert "would form a circle" in render(brought.warnings["0003-three.md"][-1])
    assert "leads nowhere" in render(brought.warnings["a/0004-four.md"][-1])
    five = await shelf.decision(brought.new["0005-five.md"])
    assert [each["title"] for each in five["amends"]] == ["Six"]
    one = await shelf.decision("DEC-1")
    assert {"title": "Status", "body": "Amended by [9](0009-gone.md)"}.items() <= one["sections"][
        0
    ].items()


async def test_files_that_are_no_records_are_refused_by_name(shelf: Shelf) -> None:
    shelf.put(
        RECORDS | {"template.md": "# {short title}", "0009-none.md": "Text.", "README.md": ""}
    )
    (shelf.folder / "0010-latin.md").write_bytes("# Café".encode("latin-1"))
    (shelf.folder / "0011-large.md").write_bytes(b"# Large\n" + b"x" * 1_000_000)
    (shelf.folder / "linked.md").symlink_to(shelf.folder / "0002-scripts.md")
    (shelf.folder / "notes.txt").write_text("# No Markdown")
    folder = shelf.read()
    assert {path: render(reason) for path, reason in folder.refused.items()} == {
        "0009-none.md": "It has no title.",
        "0010-latin.md": "It isn’t text in UTF-8.",
        "0011-large.md": "It’s larger than 1,000,000 bytes.",
        "template.md": "It’s a template. Its title is still “{short title}”.",
    }
    assert folder.left_out == ["README.md"]
    assert len((await shelf.bring()).new) == len(RECORDS)


async def test_a_folder_without_records_is_one_sentence(shelf: Shelf) -> None:
    with pytest.raises(FolderFault, match=r"records isn’t a folder\.$"):
        shelf.read()
    shelf.put({"notes.txt": "# No Markdown"})
    with pytest.raises(FolderFault, match=r"records has no Markdown files\.$"):
        shelf.read()
    shelf.put({"template.md": "# {short title}"})
    with pytest.raises(FolderFault, match=r"no decision records\. template\.md: It’s a template"):
        shelf.read()


async def test_they_are_proposed_by_whom_the_operator_names(shelf: Shelf) -> None:
    sam = await shelf.team.add("sam")
    await shelf.team.add("guest", Role.GUEST)
    shelf.put({"0001-one.md": "# One"})
    for handle in ("nobody", "guest"):
        with pytest.raises(ImportFault, match=f"has no member {handle} who can propose"):
            await shelf.bring(handle=handle)
    with pytest.raises(ImportFault, match="There’s no project NONE"):
        await shelf.bring(project="none")
    await shelf.bring(handle="@Sam")
    await shelf.bring({"0002-two.md": "# Two"})
    proposed = [(await shelf.decision(key))["proposed_by"] for key in ("DEC-1", "DEC-2")]
    assert proposed == [str(sam.member_id), str(shelf.team.owner.member_id)]


async def test_two_projects_can_have_files_of_one_name(shelf: Shelf) -> None:
    await shelf.team.owner.post("/projects", {"key": "WEB", "name": "Web"})
    first = await shelf.bring({"0001-one.md": "# One"})
    second = await shelf.bring(project="web")
    assert (first.new, second.new) == ({"0001-one.md": "DEC-1"}, {"0001-one.md": "DEC-2"})
    files = await shelf.export()
    assert set(files) == {"0001-one.md", "0002-one.md", "index.md"}
    assert set(await shelf.export(project="WEB")) == {"0001-one.md", "index.md"}


async def test_numbers_are_shared_with_decisions_that_are_made_meanwhile(shelf: Shelf) -> None:
    draft = {"project": "ARC", "title": "Made here"}
    made, brought = await asyncio.gather(
        shelf.team.owner.post("/decisions", draft), shelf.bring(RECORDS)
    )
    keys = {made.json()["key"], *brought.new.values()}
    assert keys == {f"DEC-{number}" for number in range(1, 6)}
