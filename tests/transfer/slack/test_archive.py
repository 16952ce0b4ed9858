"""Reading an export: what is odd is told or handled, what is broken is named, by its file."""

import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dayline.transfer.slack import zipped
from dayline.transfer.slack.archive import ArchiveFault, read
from dayline.transfer.slack.export import ChannelKind, Export, User
from tests.transfer.slack.archives import GENERAL, Archive, stamp, team

AT = "2026-05-18T07:00:00Z"
LATER = "2026-05-18T07:05:00Z"

Read = Callable[[Archive], Export]
Refused = Callable[[Archive], str]


@pytest.fixture
def read_(tmp_path: Path) -> Read:
    return lambda archive: read(archive.write(tmp_path))


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    """The one sentence with which an archive is refused."""

    def refused(archive: Archive) -> str:
        with pytest.raises(ArchiveFault) as fault:
            read(archive.write(tmp_path))
        sentence = str(fault.value)
        assert sentence.endswith(".")
        assert "\n" not in sentence
        return sentence

    return refused


def texts(export: Export) -> list[str]:
    return [message.text for message in export.messages]


def user(export: Export, id_: str) -> User:
    return next(user for user in export.users if user.id == id_)


def test_a_message_keeps_its_author_instant_thread_and_mentions(read_: Read) -> None:
    archive = team()
    root = archive.say("UOLENA", "2026-05-18T07:00:00.000200Z", "<@USAM> or <@UAIKO|aiko>?")
    archive.say("USAM", "2026-05-18T07:01:00Z", "Me.", thread=root)
    export = read_(archive)
    asked, answered = export.messages
    assert (asked.channel, asked.user, asked.mentions) == (GENERAL, "UOLENA", ("USAM", "UAIKO"))
    assert asked.at == datetime(2026, 5, 18, 7, 0, 0, 200, tzinfo=UTC)
    assert (asked.id, asked.topic) == (f"C1:{root}", "C1:")
    assert (answered.thread_ts, answered.topic) == (root, f"C1:{root}")
    assert export.findings == ()
    assert set(export.skipped.values()) == {0}


def test_messages_come_in_the_order_in_which_they_were_written(read_: Read) -> None:
    archive = team()
    archive.channel("C2", "other")
    archive.say("USAM", LATER, "second")
    archive.say("USAM", AT, "first", folder="other")
    archive.say("USAM", "2026-05-18T07:06:00Z", "third", folder="other")
    assert texts(read_(archive)) == ["first", "second", "third"]


def test_people_are_who_they_say_they_are(read_: Read) -> None:
    archive = team()
    profile = {"real_name": "Mel Ott", "display_name": "mel", "email": "mel@example.org"}
    archive.user("UMEL", "Europe/Kyiv", name="mel.o", profile=profile, deleted=True)
    archive.user("UANN", None, real_name="Ann", profile=None)
    archive.user("UGUS", "UTC", is_ultra_restricted=True)
    export = read_(archive)
    assert user(export, "UMEL") == User(
        id="UMEL",
        handle="mel.o",
        name="Mel Ott",
        zone="Europe/Kyiv",
        email="mel@example.org",
        is_deleted=True,
    )
    assert (user(export, "UANN").name, user(export, "UANN").zone) == ("Ann", None)
    assert user(export, "UMEL").can_be_asked
    assert not user(export, "UGUS").can_be_asked


def test_every_kind_of_conversation_is_read(read_: Read) -> None:
    archive = team()
    archive.channel("G1", "board", "groups", members=["UOLENA", "USAM"], is_archived=True)
    archive.channel("G2", "mpdm-olena--sam--aiko-1", "mpims")
    archive.lists["dms"] = [{"id": "D1", "members": ["UOLENA", "USAM"]}]
    for folder in ("general", "board", "mpdm-olena--sam--aiko-1", "D1"):
        archive.say("USAM", AT, folder, folder=folder)
    export = read_(archive)
    assert [(c.id, c.kind, c.members) for c in export.channels] == [
        ("C1", ChannelKind.PUBLIC, ()),
        ("G1", ChannelKind.PRIVATE, ("UOLENA", "USAM")),
        ("G2", ChannelKind.GROUP_DIRECT, ()),
        ("D1", ChannelKind.DIRECT, ("UOLENA", "USAM")),
    ]
    assert [message.channel for message in export.messages] == ["C1", "G1", "G2", "D1"]


@pytest.mark.parametrize("inside", ["export/", "My team Slack export/"])
def test_an_archive_made_anew_from_its_folder_is_read(tmp_path: Path, inside: str) -> None:
    archive = team()
    archive.say("USAM", AT, "Here.")
    assert texts(read(archive.write(tmp_path, inside))) == ["Here."]


def test_an_edited_message_reads_as_it_was_edited(read_: Read) -> None:
    archive = team()
    archive.say("USAM", AT, "Now.", edited={"user": "USAM", "ts": stamp(LATER)})
    message = read_(archive).messages[0]
    assert (message.text, message.edited_at) == ("Now.", datetime(2026, 5, 18, 7, 5, tzinfo=UTC))


def test_an_edit_told_by_itself_changes_the_message(read_: Read) -> None:
    archive = team()
    ts = archive.say("USAM", AT, "<@UOLENA> before")
    changed = {"type": "message", "user": "USAM", "ts": ts, "text": "<@UAIKO> after"}
    told = {"type": "message", "subtype": "message_changed", "ts": stamp(LATER), "message": changed}
    archive.entry(told)
    message = read_(archive).messages[0]
    assert (message.text, message.mentions, message.ts) == ("<@UAIKO> after", ("UAIKO",), ts)


def test_deleted_messages_are_left_out_and_counted(read_: Read) -> None:
    archive = team()
    gone = archive.say("USAM", AT, "Oops.")
    archive.say("USAM", LATER, "This message was deleted.", subtype="tombstone")
    deletion = {"type": "message", "subtype": "message_deleted", "deleted_ts": gone}
    archive.entry(deletion | {"ts": stamp("2026-05-18T07:06:00Z")})
    export = read_(archive)
    assert export.messages == ()
    assert export.skipped["deleted"] == 2


@pytest.mark.parametrize(
    "subtype", ["channel_join", "channel_leave", "channel_topic", "pinned_item", "huddle_thread"]
)
def test_notices_are_left_out_and_counted(read_: Read, subtype: str) -> None:
    archive = team()
    archive.say("USAM", AT, "<@UOLENA> was here", subtype=subtype)
    export = read_(archive)
    assert (export.messages, export.skipped["notices"]) == ((), 1)


@pytest.mark.parametrize("subtype", ["me_message", "file_share", "thread_broadcast"])
def test_these_are_messages_too(read_: Read, subtype: str) -> None:
    archive = team()
    archive.say("USAM", AT, "works", subtype=subtype)
    assert texts(read_(archive)) == ["works"]


def test_files_go_by_their_names(read_: Read) -> None:
    archive = team()
    held = [{"title": "Plan", "name": "plan.pdf"}, {"name": "a.png"}, {"mode": "tombstone"}]
    archive.say("USAM", AT, "Look.", files=held)
    assert read_(archive).messages[0].files == ("Plan", "a.png", "")


def test_a_message_that_is_there_twice_is_read_once(read_: Read) -> None:
    archive = team()
    for text in ("One.", "Two."):
        archive.say("USAM", AT, text)
    export = read_(archive)
    assert (texts(export), export.skipped["duplicates"]) == (["One."], 1)


def test_what_an_integration_says_is_a_bots(read_: Read) -> None:
    archive = team()
    archive.user("UBOT", is_bot=True)
    hook = {"subtype": "bot_message", "bot_id": "B1", "username": "deploys", "text": ""}
    archive.entry({"type": "message", "ts": stamp(AT), **hook, "attachments": [{"text": "Done."}]})
    archive.say("UBOT", LATER, "Beep.")
    archive.say("UOLENA", "2026-05-18T07:06:00Z", "By my app.", bot_id="B2")
    export = read_(archive)
    assert [(m.user, m.is_bot) for m in export.messages] == [
        ("B1", True),
        ("UBOT", True),
        ("UOLENA", False),
    ]
    assert texts(export)[0] == "Done."
    assert (user(export, "B1").name, user(export, "B1").can_be_asked) == ("deploys", False)
    assert export.findings == ()


@pytest.mark.parametrize("is_listed", [True, False])
def test_slackbot_is_a_bot_whatever_its_entry_says(read_: Read, is_listed: bool) -> None:
    archive = team()
    if is_listed:
        archive.user("USLACKBOT", is_bot=False)
    archive.say("USLACKBOT", AT, "Reminder: <@USLACKBOT>")
    export = read_(archive)
    assert user(export, "USLACKBOT").is_bot
    assert export.messages[0].is_bot
    assert export.findings == ()


def test_who_is_in_no_list_goes_by_what_is_known_and_is_told_once(read_: Read) -> None:
    archive = team()
    archive.say("UEVA", AT, "Hello", user_profile={"real_name": "Eva", "name": "eva"})
    archive.say("UEVA", LATER, "<@UGONE> and <@UGONE>")
    export = read_(archive)
    assert (user(export, "UEVA").name, user(export, "UEVA").handle) == ("Eva", "eva")
    assert (user(export, "UGONE").name, user(export, "UGONE").is_listed) == ("UGONE", False)
    assert [str(finding) for finding in export.findings] == [
        "general/2026-05-18.json, entry 1: UEVA isn’t in the list of users.",
        "general/2026-05-18.json, entry 2: UGONE isn’t in the list of users.",
    ]


def test_a_zone_that_does_not_exist_is_told(read_: Read) -> None:
    archive = team()
    archive.user("UMEL", "Mars/Olympus")
    export = read_(archive)
    assert user(export, "UMEL").zone is None
    told = "users.json, UMEL: Mars/Olympus isn’t a time zone."
    assert [str(finding) for finding in export.findings] == [told]


def test_a_message_without_author_is_told(read_: Read) -> None:
    archive = team()
    archive.entry({"type": "message", "ts": stamp(AT), "text": "?"})
    export = read_(archive)
    assert (export.messages, export.skipped["no_author"]) == ((), 1)
    told = "general/2026-05-18.json, entry 1: It doesn’t say who wrote it."
    assert [str(finding) for finding in export.findings] == [told]


def test_a_folder_that_no_list_names_is_told_and_not_read(read_: Read) -> None:
    archive = team()
    archive.say("USAM", AT, "Secret.", folder="board")
    export = read_(archive)
    assert export.messages == ()
    told = "board: It isn’t the folder of a channel, so it was left out."
    assert [str(finding) for finding in export.findings] == [told]


def test_a_channel_that_is_listed_twice_is_told_and_read_once(read_: Read) -> None:
    archive = team()
    archive.channel(GENERAL, "general", "groups")
    archive.channel("C9", "general")
    archive.say("USAM", AT, "Once.")
    export = read_(archive)
    assert texts(export) == ["Once."]
    assert [str(finding) for finding in export.findings] == [
        "groups.json, C1: It’s listed twice.",
        "general: It belongs to C1 and to C9.",
    ]


def test_other_files_are_ignored(read_: Read) -> None:
    archive = team()
    archive.others = {
        "integration_logs.json": b"{",
        "general/canvas.json": b"nothing",
        "__uploads/F1/cat.png": b"\x89PNG",
    }
    assert read_(archive).findings == ()


def test_nulls_are_nothing(read_: Read) -> None:
    archive = team()
    archive.say("USAM", AT, "Hi", files=None, attachments=None, subtype=None, thread_ts=None)
    archive.channel("C2", "empty", members=None, purpose=None)
    archive.entry({"type": "message", "user": "USAM", "ts": stamp(LATER), "text": None})
    assert texts(read_(archive)) == ["Hi", ""]


@pytest.mark.parametrize("missing", ["users.json", "channels.json"])
def test_without_its_lists_it_is_no_export(tmp_path: Path, missing: str) -> None:
    whole, broken = team().write(tmp_path), tmp_path / "broken.zip"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            if name != missing:
                target.writestr(name, source.read(name))
    with pytest.raises(ArchiveFault) as fault:
        read(broken)
    assert str(fault.value) == f"broken.zip: There’s no {missing}, so it isn’t a Slack export."


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"type": "message", "user": "USAM"}, "entry 2: The field ts is missing."),
        (
            {"type": "message", "user": "USAM", "ts": "soon"},
            "entry 2: ts: This isn’t a Slack timestamp.",
        ),
        ({"type": "message", "user": "USAM", "ts": 5}, "entry 2: ts: Must be text."),
        ({"type": "message", "ts": "1.0", "text": ["a"]}, "entry 2: text: Must be text."),
        ({"type": "message", "ts": "1.0", "files": [1]}, "entry 2: files.0: Must be an object."),
        ("Hello", "entry 2: It isn’t an object."),
    ],
)
def test_an_entry_of_the_wrong_shape_is_named(refused: Refused, entry: object, said: str) -> None:
    archive = team()
    archive.say("USAM", AT, "Fine.")
    archive.entry(entry)
    assert refused(archive).startswith(f"team.zip: general/2026-05-18.json, {said}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[{", "team.zip: general/2026-05-19.json: It isn’t valid JSON"),
        (b"\xff\xfe", "team.zip: general/2026-05-19.json: It isn’t valid JSON"),
        (b"", "team.zip: general/2026-05-19.json: It isn’t valid JSON"),
        (b"{}", "team.zip: general/2026-05-19.json: It isn’t a list."),
        (b"null", "team.zip: general/2026-05-19.json: It isn’t a list."),
    ],
)
def test_what_is_no_list_of_entries_is_named(refused: Refused, content: bytes, said: str) -> None:
    archive = team()
    archive.others["general/2026-05-19.json"] = content
    assert refused(archive).startswith(said)


def test_a_user_without_id_is_named(refused: Refused) -> None:
    archive = team()
    archive.users.append({"name": "nobody"})
    assert refused(archive) == "team.zip: users.json, entry 4: The field id is missing."


@pytest.mark.parametrize("path", ["../users.json", "/etc/passwd", "general/../../x.json", "a\\b"])
def test_a_path_that_leads_out_of_the_archive_is_refused(refused: Refused, path: str) -> None:
    archive = team()
    archive.others[path] = b"[]"
    assert refused(archive) == f"team.zip: {path}: It’s outside the archive."


def test_a_file_that_is_there_twice_is_refused(refused: Refused) -> None:
    archive = team()
    archive.others["users.json"] = b"[]"
    with pytest.warns(UserWarning, match="Duplicate name"):
        assert refused(archive) == "team.zip: users.json: It’s in the archive twice."


def test_an_archive_that_would_fill_the_memory_is_refused(
    refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = team()
    archive.others["general/2026-05-19.json"] = b"[" + b" " * (2 << 20) + b"]"
    monkeypatch.setattr(zipped, "MOST_BYTES_OF_ONE", 1 << 20)
    assert refused(archive) == "team.zip: general/2026-05-19.json: It’s larger than 1 MiB."
    monkeypatch.undo()
    monkeypatch.setattr(zipped, "MOST_BYTES", 1 << 20)
    assert refused(archive) == "team.zip: It has more than 0 GiB of JSON."
    monkeypatch.undo()
    monkeypatch.setattr(zipped, "MOST_FILES", 2)
    assert refused(archive) == "team.zip: It has more than 2 files."


def test_a_file_larger_than_it_says_is_damaged(tmp_path: Path) -> None:
    archive = team()
    archive.others["general/2026-05-19.json"] = b"[" + b" " * 5000 + b"]"
    file = archive.write(tmp_path)
    lied = file.read_bytes().replace(struct.pack("<L", 5002), struct.pack("<L", 2))
    file.write_bytes(lied)
    with pytest.raises(ArchiveFault) as fault:
        read(file)
    assert str(fault.value) == "team.zip: general/2026-05-19.json: It’s damaged."


def test_an_encrypted_file_is_named(tmp_path: Path) -> None:
    file = team().write(tmp_path)
    content = bytearray(file.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(content)
    with pytest.raises(ArchiveFault) as fault:
        read(file)
    assert str(fault.value) == "team.zip: users.json: It’s encrypted."


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    file = team().write(tmp_path)
    content = bytearray(file.read_bytes())
    begins = content.index(b"users.json") + len(b"users.json")
    content[begins : begins + 8] = b"\xff" * 8
    file.write_bytes(content)
    with pytest.raises(ArchiveFault) as fault:
        read(file)
    assert str(fault.value) == "team.zip: users.json: It’s damaged."


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Not a zip."])
def test_what_is_no_archive_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "team.zip"
    file.write_bytes(content)
    with pytest.raises(ArchiveFault) as fault:
        read(file)
    assert str(fault.value) == f"{file} isn’t a zip archive, or it’s damaged."


def test_half_an_archive_is_named(tmp_path: Path) -> None:
    file = team().write(tmp_path)
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(ArchiveFault, match="isn’t a zip archive, or it’s damaged"):
        read(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveFault) as fault:
        read(tmp_path / "team.zip")
    assert (
        str(fault.value)
        == f"{tmp_path / 'team.zip'} can’t be read. There’s no such file or folder."
    )
    with pytest.raises(ArchiveFault, match=r"can’t be read\. It’s a folder"):
        read(tmp_path)
