"""The agreement as a Markdown file."""

from datetime import timedelta

import pytest

from dayline.agreements import default
from dayline.agreements.windows import read_windows
from tests.agreements.desk import clauses, done, publish, sign
from tests.clock import MovableClock
from tests.team import Team

GOLDEN = """\
# How \\*we\\* answer

Version 2, in force from 24 Oct 2026, 10:00 (UTC+03:00) to 26 Oct 2026, 10:00 (UTC+02:00).
Published 18 May 2026, 10:00 (UTC+03:00).
Times are in Europe/Kyiv.

We answer *soon*.

- Really.

## Answer times

| Type | Answer time |
|---|---|
| Task comment | 4 hours |
| Project update | 4 hours |
| Project discussion | 4 hours |
| Direct message | 1 hour 30 minutes |
| Urgent message of any kind | 5 minutes |
| Input to a decision | 8 hours |
| Outcome of a decision | 720 hours |

Answer times count the working hours of the person who is asked. They get a warning when 60% of the time has passed. A message that arrives outside their working day gets a first check within 1 hour 15 minutes of the start of the next one.

## Signatures

| Member | Signed |
|---|---|
| Olena | 18 May 2026, 12:00 (UTC+03:00) |
| Mel \\| \\[admin\\] | 25 Oct 2026, 15:00 (UTC+02:00) |

Not signed yet: Ann and Tim
"""  # noqa: E501


async def test_the_whole_document_is_in_the_file(team: Team, clock: MovableClock) -> None:
    mel, _, _ = await team.add("mel"), await team.add("tim"), await team.add("ann")
    await mel.patch(f"/members/{mel.member_id}", {"name": "Mel | [admin]"}, rev=1)
    start = clock.now.replace(month=10, day=24)
    await publish(
        team.owner,
        start,
        title="How *we* answer",
        text="We answer *soon*.\n\n- Really.\n",
        clauses=clauses(direct_message=5400, urgent=300, decision_outcome=720 * 3600),
        warn_share=60,
        first_check_minutes=75,
    )
    await publish(team.owner, start + timedelta(days=2, hours=1), title="Later")
    clock.advance(hours=2)
    await sign(team.owner, 2)
    clock.now = start + timedelta(days=1, hours=6)
    await sign(mel, 2)
    answer = await team.owner.get("/agreement/export")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    named = f'attachment; filename="agreement-{team.slug}-v2.md"'
    assert answer.headers["Content-Disposition"] == named
    assert answer.text == GOLDEN
    assert (await team.owner.get("/agreement/export", version=2)).text == GOLDEN


async def test_any_version_can_be_exported_in_the_zone_that_the_team_compares_in(
    team: Team,
) -> None:
    done(await team.owner.patch("", {"reference_zone": "Asia/Kolkata"}, rev=1))
    await publish(team.owner)
    text = (await team.owner.get("/agreement/export", version=1)).text
    at = "18 May 2026, 12:30 (UTC+05:30)"
    assert f"Version 1, in force from {at} to {at}.\n" in text
    assert "Times are in Asia/Kolkata.\n" in text
    assert text.endswith("## Signatures\n\nNo one has signed this version yet.\n")


@pytest.mark.parametrize(
    ("language", "header", "direct"),
    [
        ("de", "| Art | Antwortzeit |", "| Direktnachricht | 2 Stunden |"),
        ("uk", "| Тип | Час на відповідь |", "| Особисте повідомлення | 2 години |"),
    ],
)
async def test_the_file_is_in_the_language_of_the_request(
    team: Team, language: str, header: str, direct: str
) -> None:
    owner = team.owner
    asked = {"Accept-Language": language}
    answer = await owner.http.get(f"{owner.base}/agreement/export", headers=asked)
    assert answer.headers["content-language"] == language
    assert f"{header}\n|---|---|\n" in answer.text
    assert f"\n{direct}\n" in answer.text
    assert read_windows(answer.text) == default.ALLOWANCES
