"""The second week: someone joins, someone is away, and an evening goes wrong."""

from dayline.demo.acts import (
    changes,
    creates,
    discusses,
    drafts_agreement,
    edits,
    invites,
    is_off,
    joins,
    no_longer_waits_for,
    pauses,
    posts_update,
    reopens,
    resumes,
    says,
    withdraws,
    writes_to,
)
from dayline.demo.script import Script
from dayline.demo.story.people import settling
from dayline.identity.models import Role


def tell(s: Script) -> None:
    """Working days -9 to -5."""
    _people(s)
    _booking(s)
    _deck(s)
    _move(s)
    _evening(s)


def _people(s: Script) -> None:
    s.at(-8, "ravi", "18:40", is_off(-7, -6, "My son is ill"))
    s.at(-9, "olena", "13:00", joins("hana"))
    s.at(-8, "hana", "08:40", *settling("hana"))
    s.at(
        -8,
        "hana",
        "09:10",
        writes_to(
            "hello",
            "olena",
            body="Hi @olena, I'm in! What should I read first?",
        ),
    )
    s.at(
        -8,
        "olena",
        "09:25",
        says(
            "hello",
            "Welcome, Hana! Start with the DECK page. It says what the project is for, and the "
            "updates tell you how it's going. No one expects answers outside your working hours.",
        ),
    )
    s.at(-7, "olena", "11:00", invites("jonas@tideline.example"))
    s.at(-6, "olena", "11:10", invites("captain@skargard.example", Role.GUEST, "BOOK"))


def _booking(s: Script) -> None:
    s.at(-9, "sam", "10:10", changes("steps", state="in_review"))
    s.at(
        -9,
        "sam",
        "10:15",
        says("steps", "@olena can you look at the three steps once more and approve them?"),
    )
    s.at(-8, "olena", "10:30", says("steps", "Approved. Step 2 reads really well."))
    s.at(
        -8,
        "sam",
        "09:30",
        changes("steps", state="done"),
        no_longer_waits_for("payment", "steps"),
    )
    s.at(-8, "taras", "17:10", changes("payment", state="in_progress"))
    s.at(
        -8,
        "ravi",
        "17:00",
        changes("fares", state="waiting"),
        says(
            "fares",
            "Two group fares contradict each other. Is it 10% from 8 people or 15% from 10? "
            "@sam, can you ask Skärgård Lines?",
            named="group-fares",
        ),
    )
    s.at(
        -8,
        "sam",
        "10:20",
        pauses("group-fares", "sam", "Waiting on Skärgård Lines"),
        says("BOOK", "Greta, which group fare is right, 10% from 8 people or 15% from 10?"),
    )
    s.at(-6, "greta", "09:15", says("BOOK", "15% from 10. The other one is last year's."))
    s.at(-6, "sam", "09:10", resumes("group-fares", "sam"))
    s.at(
        -6,
        "sam",
        "09:20",
        says("fares", "Greta says 15% from 10 people. The other one is last year's."),
    )
    s.at(-5, "ravi", "10:40", changes("fares", state="in_progress"))
    s.at(
        -6,
        "taras",
        "18:20",
        says("payment", "@sam the provider needs our logo at 512 px.", named="logo"),
    )
    s.at(
        -6,
        "taras",
        "18:24",
        edits("logo", "@sam the provider needs our logo at 512 px, and a white version."),
    )
    s.at(-6, "sam", "13:40", says("payment", "Both are in the shared folder."))


def _deck(s: Script) -> None:
    s.at(-8, "taras", "13:10", says("sync", "@ravi which port should I test with?"))
    s.at(-5, "ravi", "10:20", says("sync", "Utö. It has the worst network of them all."))
    s.at(
        -8,
        "aiko",
        "14:00",
        creates("gloves", "DECK", "Make buttons work with wet gloves", to="hana", due=2),
        says(
            "gloves",
            "@hana this is a good first task. The crews on the morning boats can test it with you.",
        ),
    )
    s.at(
        -7,
        "hana",
        "09:00",
        says("gloves", f"Sounds good! I'm meeting a crew on {s.weekday(-6)} morning."),
    )
    s.at(-7, "hana", "09:05", changes("gloves", state="in_progress"))
    s.at(-7, "aiko", "16:30", says("scan", "@hana which phones do the crews carry?"))
    s.at(-6, "hana", "10:10", says("scan", "I need to look on board first.", named="not-yet"))
    s.at(-6, "hana", "10:14", reopens("not-yet"))
    s.at(
        -6,
        "hana",
        "10:30",
        says("scan", "Two models, both five years old. I've ordered one of each."),
    )
    s.at(-6, "aiko", "12:40", changes("scan", state="in_review"))
    s.at(
        -6,
        "aiko",
        "12:45",
        says(
            "scan",
            f"@ravi can you try to break the signature before {s.weekday(-4)}?",
            named="break-it",
        ),
    )
    s.at(-5, "ravi", "11:10", says("scan", "Couldn't break it. I left one comment in the code."))
    s.at(-5, "aiko", "15:10", changes("scan", state="done"), no_longer_waits_for("sync", "scan"))
    s.at(-5, "ravi", "17:30", changes("sync", state="in_progress"))
    s.at(
        -5,
        "aiko",
        "18:10",
        posts_update("DECK", "on_track", "Offline scanning works. Syncing ship and shore is next."),
    )


def _move(s: Script) -> None:
    s.at(
        -9,
        "noor",
        "10:30",
        discusses(
            "one-night",
            "MOVE",
            "One night, or service by service?",
            "I'd do it all in one night, with one plan and one rollback. @taras and @maya, do "
            "you see any problems?",
        ),
    )
    s.at(-9, "taras", "11:50", says("one-night", "Not if the rehearsal stays under 4 h."))
    s.at(
        -9,
        "maya",
        "22:40",
        says("one-night", f"Pick a {s.weekday(4)}. It's our quietest night."),
    )
    s.at(
        -7,
        "noor",
        "09:30",
        says("one-night", f"One night it is, on a {s.weekday(4)}. Thanks, both!"),
    )
    s.at(-8, "maya", "23:30", changes("rehearsal", state="in_progress"))
    s.at(
        -7,
        "maya",
        "23:50",
        says("rehearsal", "@noor the manifest servers didn't come back up. Do we have a spare?"),
    )
    s.at(-6, "noor", "09:40", says("rehearsal", "Yes, in rack 4. I've added it to the list."))
    s.at(
        -6,
        "noor",
        "14:00",
        posts_update(
            "MOVE",
            "at_risk",
            "The first rehearsal took **5 h 20 min**, and our limit is 4 h. We'll try again on "
            "{s.weekday(-4)} night.",
        ),
    )
    s.at(
        -6,
        "olena",
        "15:00",
        writes_to(
            "worry",
            "noor",
            title="Do you need help?",
            body=f"@noor I saw the update. What would speed up {s.weekday(-4)} night?",
        ),
    )
    s.at(
        -5,
        "noor",
        "10:20",
        says(
            "worry", "Two hours of Taras's time to copy the archive first. I've already asked him."
        ),
    )


def _evening(s: Script) -> None:
    """An urgent question across zones, and what the team learns from it."""
    to_lead = [{"to": "lead", "allowance_s": 4 * 3600}]
    s.at(
        -5,
        "taras",
        "17:40",
        says(
            "payment",
            "@sam the provider has refused all our payments since noon. Who's our contact there?",
            urgent="No one can pay until this is fixed",
            named="refused",
        ),
    )
    s.at(
        -5,
        "sam",
        "12:10",
        says(
            "payment",
            "Sorry, I was at the doctor's. I've just called their support, and "
            "they're looking into it.",
        ),
    )
    s.at(-5, "taras", "18:50", says("payment", "@ravi are you there?", named="too-late"))
    s.at(-5, "taras", "18:55", withdraws("too-late"))
    s.at(-5, "taras", "18:58", changes("payment", state="waiting", labels=["payments", "blocked"]))
    s.at(
        -5,
        "sam",
        "15:45",
        posts_update(
            "BOOK",
            "off_track",
            "The payment provider is refusing our test payments, so no one can pay. They "
            "promised an answer by {s.weekday(-4)}.",
        ),
    )
    s.at(
        -5,
        "olena",
        "17:50",
        drafts_agreement(
            clauses={
                "task_comment": {"allowance_s": 4 * 3600, "escalation": to_lead},
                "project_update": {"allowance_s": 8 * 3600, "escalation": to_lead},
                "project_discussion": {"allowance_s": 4 * 3600, "escalation": to_lead},
                "direct_message": {"allowance_s": 2 * 3600},
                "urgent": {
                    "allowance_s": 3600,
                    "escalation": [
                        {"to": "lead", "allowance_s": 3600},
                        {"to": "owner", "allowance_s": 3600},
                    ],
                },
                "decision_input": {"allowance_s": 8 * 3600},
                "decision_outcome": {"allowance_s": 8 * 3600},
            }
        ),
    )
