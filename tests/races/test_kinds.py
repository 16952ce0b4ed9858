"""Nobody adds an action and forgets to say what it has to do with access that ends.

An operation or a queue that is not in the tables below fails the first test. Say whether it reads
that somebody can be asked or may act, and race it in `reading.py`; or ends that, and race it in
`taking.py`; or neither.
"""

from dayline.kernel.jobs.failed_jobs import Queue
from tests.races import reading, taking
from tests.races.actions import READING, TAKING
from tests.team import Team

READS = {
    "messages_create": {"post_with_asks", "post_with_mention", "post_to_a_cover"},
    "messages_update": {"edit_to_ask"},
    "direct_topics_create": {"open_direct"},
    "discussions_create": {"open_discussion"},
    "updates_create": {"post_update"},
    "scheduled_create": {"schedule"},
    "scheduled_update": {"reschedule"},
    "timers_acknowledge": {"promise"},
    "timers_pause": {"pause"},
    "timers_resume": {"resume"},
    "timers_reopen": {"reopen", "reopen_what_a_cover_was_asked"},
    "overrides_set": {"change_hours"},
    "decisions_open": {"open_decision", "open_decision_that_they_decide"},
    "decisions_update": {
        "add_stakeholder",
        "let_them_decide",
        "let_them_decide_what_is_closed",
    },
    "decisions_give_input": {
        "give_the_last_input",
        "give_the_last_input_but_theirs",
        "give_their_input",
    },
    "decisions_extend": {"extend"},
    "decisions_decide": {"decide_before_it_was_closed"},
    "tokens_create": {"make_a_token"},
    "invites_create": {"invite"},
    "the queue of decision_deadlines": {"close_at_the_deadline"},
    "the queue of timers": {"hand_over"},
    "the queue of scheduled_messages": {"send_what_was_scheduled", "send_what_they_scheduled"},
    "dayline import": {"bring_a_past"},
}
"""What reads, and by which functions of `reading.py` it is raced."""

TAKES = {
    "members_disable": {"disable"},
    "members_update": {"make_guest"},
    "invites_accept": {"join_as_guest"},
}
"""What ends access or leaves less of it, and by which functions of `taking.py` it is raced."""

READ_AGAIN = {
    "decisions_create",  # its people, when it is opened
    "time_off_create",  # a stand-in, when somebody is asked
    "time_off_update",
    "projects_create",  # a lead, when an ask is handed over
    "projects_update",
    "projects_add_person",
    "projects_remove_person",  # a guest sees less, and was asked nothing
    "references_create",  # an owner is asked nothing
    "references_update",
    "tasks_create",  # an assignee is asked nothing
    "tasks_update",
    "tasks_bulk",
    "tasks_watch",
    "decisions_make_task",
    "the queue of member_notices",  # who sees it, when the list is read
    "the queue of notice_deliveries",
}
"""What names somebody who is looked at again before anything is asked of them."""

NEITHER = {
    "account_set_password",
    "account_update",
    "agreement_draft_update",
    "agreement_publish",
    "agreement_sign",
    "attachments_upload",
    "calendar_defaults_update",
    "calendar_link_make",
    "calendar_link_revoke",
    "calendar_update",
    "clarity_check",
    "decisions_confirm_read",
    "decisions_link_task",
    "decisions_review",
    "decisions_unlink_task",
    "decisions_withdraw",
    "deliveries_repeat",
    "explanations_create",
    "explanations_delete",
    "failed_jobs_retry",  # the queue does it
    "focus_create",
    "focus_delete",
    "focus_update",
    "holiday_opt_outs_delete",
    "holiday_opt_outs_put",
    "holidays_create",
    "holidays_remove",
    "holidays_update",
    "hours_remove",
    "hours_set",
    "invites_preview",
    "invites_revoke",
    "members_enable",
    "members_reset_password",
    "messages_withdraw",
    "notice_settings_set",
    "notices_come_back",
    "notices_finish",
    "notices_go_away",
    "notices_read",
    "notices_read_all",
    "notices_reopen",
    "notices_snooze",
    "notices_unread",
    "notices_wake",
    "overrides_remove",
    "password_resets_create",
    "projects_archive",
    "projects_unarchive",
    "references_delete",
    "references_mark_stale",
    "references_review",
    "scheduled_cancel",
    "sessions_create",
    "sessions_end",
    "sessions_end_current",
    "sessions_end_others",
    "sessions_reauthenticate",
    "setup_create",
    "subjects_decline",
    "subscriptions_create",
    "subscriptions_delete",
    "subscriptions_test",
    "subscriptions_update",
    "tasks_block",
    "tasks_unblock",
    "tasks_unwatch",
    "the queue of decision_reminders",  # of what was asked
    "the queue of decision_reviews",  # those who decided are told
    "the queue of deliveries",
    "the queue of files",
    "the queue of notices",
    "time_off_delete",
    "today_look",
    "tokens_revoke",
    "topics_reopen",
    "topics_resolve",
    "topics_update",
    "views_create",
    "views_delete",
    "views_update",
    "workspaces_create",
    "workspaces_update",
}


def _operations(team: Team) -> set[str]:
    return {
        operation["operationId"]
        for methods in team.app.openapi()["paths"].values()
        for method, operation in methods.items()
        if method != "get"
    }


def _queues() -> set[str]:
    return {f"the queue of {queue}" for queue in Queue}


def test_every_action_says_what_it_has_to_do_with_access(team: Team) -> None:
    wanted = _operations(team) | _queues() | {"dayline import"}
    assert READS.keys() | TAKES.keys() | READ_AGAIN | NEITHER == wanted
    assert len(READS) + len(TAKES) + len(READ_AGAIN) + len(NEITHER) == len(wanted)


def test_what_is_in_the_tables_is_raced() -> None:
    for table, module, raced in ((READS, reading, READING), (TAKES, taking, TAKING)):
        named = set().union(*table.values())
        assert {each.__name__ for each in raced} == named
        assert named <= vars(module).keys()
