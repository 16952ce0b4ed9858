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
            body="Hello @olena, I am in. What should I read first?",
        ),
    )
    s.at(
        -8,
        "olena",
        "09:25",
        says(
            "hello",
            "Welcome, Hana! The page of DECK says what it is for, and its updates say where it "
            "stands. No one expects an answer outside your working hours.",
        ),
    )
    s.at(-7, "olena", "11:00", invites("jonas@tideline.example"))
    s.at(-6, "olena", "11:10", invites("captain@skargard.example", Role.ADMIN))


def _booking(s: Script) -> None:
    s.at(-9, "sam", "10:10", changes("steps", state="in_review"))
    s.at(
        -9,
        "sam",
        "10:15",
        says("steps", "@olena please look at the three steps once more; I ask for approval."),
    )
    s.at(-8, "olena", "10:30", says("steps", "Approved. Step 2 reads very well."))
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
            "Two fares for groups contradict each other: 10 % from 8 people, or 15 % from 10? "
            "@sam, can you ask Skärgård Lines?",
            named="group-fares",
        ),
    )
    s.at(
        -8,
        "sam",
        "10:20",
        pauses("group-fares", "sam", "Waiting on Skärgård Lines"),
        says("BOOK", "Greta, which group fare is right: 10 % from 8 people, or 15 % from 10?"),
    )
    s.at(-6, "greta", "09:15", says("BOOK", "15 % from 10. The other one is from last year."))
    s.at(-6, "sam", "09:10", resumes("group-fares", "sam"))
    s.at(-6, "sam", "09:20", says("fares", "15 % from 10 people. The other one is last year's."))
    s.at(-5, "ravi", "10:40", changes("fares", state="in_progress"))
    s.at(
        -6,
        "taras",
        "18:20",
        says("payment", "@sam the provider wants our logo with 512 pixels.", named="logo"),
    )
    s.at(
        -6,
        "taras",
        "18:24",
        edits("logo", "@sam the provider wants our logo with 512 pixels, and one in white."),
    )
    s.at(-6, "sam", "13:40", says("payment", "Both are in the folder."))


def _deck(s: Script) -> None:
    s.at(-8, "taras", "13:10", says("sync", "@ravi which port shall I test with?"))
    s.at(-5, "ravi", "10:20", says("sync", "Utö: it has the worst network of all."))
    s.at(
        -8,
        "aiko",
        "14:00",
        creates("gloves", "DECK", "Buttons that work with wet gloves", to="hana", due=2),
        says(
            "gloves",
            "@hana this is a good first one: the crews of the morning boats can test it with you.",
        ),
    )
    s.at(
        -7, "hana", "09:00", says("gloves", f"I like it. I meet a crew on {s.weekday(-6)} morning.")
    )
    s.at(-7, "hana", "09:05", changes("gloves", state="in_progress"))
    s.at(-7, "aiko", "16:30", says("scan", "@hana which phones do the crews carry?"))
    s.at(-6, "hana", "10:10", says("scan", "I need to look on board first.", named="not-yet"))
    s.at(-6, "hana", "10:14", reopens("not-yet"))
    s.at(-6, "hana", "10:30", says("scan", "Two models, both five years old. Photos are attached."))
    s.at(-6, "aiko", "12:40", changes("scan", state="in_review"))
    s.at(
        -6,
        "aiko",
        "12:45",
        says(
            "scan",
            f"@ravi please try to break the signature before {s.weekday(-4)}.",
            named="break-it",
        ),
    )
    s.at(-5, "ravi", "11:10", says("scan", "It held. One remark is in the code."))
    s.at(-5, "aiko", "15:10", changes("scan", state="done"), no_longer_waits_for("sync", "scan"))
    s.at(-5, "ravi", "17:30", changes("sync", state="in_progress"))
    s.at(
        -5,
        "aiko",
        "18:10",
        posts_update("DECK", "on_track", "Scanning works. Ship and shore come next."),
    )


def _move(s: Script) -> None:
    s.at(
        -9,
        "noor",
        "10:30",
        discusses(
            "one-night",
            "MOVE",
            "In one night, or service by service?",
            "I would do it in one night: one plan, one way back. @taras and @maya, what speaks "
            "against it?",
        ),
    )
    s.at(-9, "taras", "11:50", says("one-night", "Nothing, if the rehearsal takes less than 4 h."))
    s.at(
        -9,
        "maya",
        "22:40",
        says("one-night", f"Choose a {s.weekday(4)}: it is the quietest night."),
    )
    s.at(
        -7, "noor", "09:30", says("one-night", f"One night then, a {s.weekday(4)}. Thank you both.")
    )
    s.at(-8, "maya", "23:30", changes("rehearsal", state="in_progress"))
    s.at(
        -7,
        "maya",
        "23:50",
        says("rehearsal", "@noor the manifests did not come back up. Is there a second machine?"),
    )
    s.at(-6, "noor", "09:40", says("rehearsal", "Yes, in rack 4. I put it on the list."))
    s.at(
        -6,
        "noor",
        "14:00",
        posts_update(
            "MOVE",
            "at_risk",
            "The first rehearsal took **5 h 20 min**; 4 h is the most we can allow. A second one "
            f"comes on {s.weekday(-4)} night.",
        ),
    )
    s.at(
        -6,
        "olena",
        "15:00",
        writes_to(
            "worry",
            "noor",
            title="Do you need more hands?",
            body=f"@noor I saw the update. What would make {s.weekday(-4)} night shorter?",
        ),
    )
    s.at(
        -5,
        "noor",
        "10:20",
        says("worry", "Taras for two hours to copy the archive first. I have asked him already."),
    )


def _evening(s: Script) -> None:
    """An urgent question across zones, and what the team learns from it."""
    s.at(
        -5,
        "taras",
        "17:40",
        says(
            "payment",
            "@sam the provider refuses all our payments since noon. Who is their contact?",
            urgent="No one can pay until they answer",
            named="refused",
        ),
    )
    s.at(
        -5,
        "sam",
        "12:10",
        says("payment", "Back from the doctor. The contact is in the contract, I called them."),
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
            "The payment provider refuses our test payments. Their answer is promised for "
            f"{s.weekday(-4)}; until then no one can pay.",
        ),
    )
    s.at(
        -5,
        "olena",
        "17:50",
        drafts_agreement(
            clauses={
                "task_comment": {"allowance_s": 4 * 3600},
                "project_update": {"allowance_s": 8 * 3600},
                "project_discussion": {"allowance_s": 4 * 3600},
                "direct_message": {"allowance_s": 2 * 3600},
                "urgent": {"allowance_s": 3600},
                "decision_input": {"allowance_s": 8 * 3600},
                "decision_outcome": {"allowance_s": 8 * 3600},
            }
        ),
    )
