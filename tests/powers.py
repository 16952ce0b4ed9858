"""What each change needs beside its role and scope: whether it gives a way in, or power.

A route that changes something and is in none of these sets fails `tests/test_powers.py`.
"""

NEED_A_RECENT_PASSWORD = {
    "calendar_link_make",
    "invites_create",
    "members_enable",
    "members_reset_password",
    "members_update",  # where it changes the role
    "sessions_end",  # where it is another one than the session in use
    "sessions_end_others",
    "tokens_create",
}
"""They give a way in or a role, or shut out whoever else is signed in: no token may, and a session
only within 15 minutes of the password.
"""

BRING_THEIR_OWN_SECRET = {
    "account_set_password",
    "invites_accept",
    "invites_preview",
    "password_resets_create",
    "sessions_create",
    "sessions_reauthenticate",
    "setup_create",
}
"""The request itself holds a password or a one-time secret."""

END_A_WAY_IN = {
    "calendar_link_revoke",
    "invites_revoke",
    "members_disable",
    "sessions_end_current",
    "tokens_revoke",
}
"""They only take away, which must be quick, also for programs that see somebody off."""

ARE_WORK = {
    "account_update",
    "agreement_draft_update",
    "agreement_publish",
    "agreement_sign",
    "attachments_upload",
    "calendar_defaults_update",
    "calendar_update",
    "decisions_confirm_read",
    "decisions_create",
    "decisions_decide",
    "decisions_extend",
    "decisions_give_input",
    "decisions_link_task",
    "decisions_make_task",
    "decisions_open",
    "decisions_review",
    "decisions_unlink_task",
    "decisions_update",
    "decisions_withdraw",
    "deliveries_repeat",
    "direct_topics_create",
    "discussions_create",
    "explanations_create",
    "explanations_delete",
    "failed_jobs_retry",
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
    "messages_create",
    "messages_update",
    "messages_withdraw",
    "overrides_remove",
    "overrides_set",
    "projects_add_person",
    "projects_archive",
    "projects_create",
    "projects_remove_person",
    "projects_unarchive",
    "projects_update",
    "references_create",
    "references_delete",
    "references_mark_stale",
    "references_review",
    "references_update",
    "scheduled_cancel",
    "scheduled_create",
    "scheduled_update",
    "subjects_decline",
    "subscriptions_create",
    "subscriptions_delete",
    "subscriptions_test",
    "subscriptions_update",
    "tasks_block",
    "tasks_bulk",
    "tasks_create",
    "tasks_unblock",
    "tasks_unwatch",
    "tasks_update",
    "tasks_watch",
    "time_off_create",
    "time_off_delete",
    "time_off_update",
    "timers_acknowledge",
    "timers_pause",
    "timers_resume",
    "today_look",
    "topics_reopen",
    "topics_resolve",
    "topics_update",
    "updates_create",
    "views_create",
    "views_delete",
    "views_update",
    "workspaces_create",
    "workspaces_update",
}
"""What teams do all day, within what they may see and change already."""
