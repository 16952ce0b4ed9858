"""Which functions of upper rooms run at the hooks of lower rooms, in the same transaction."""

from dayline.agreements import actions as agreements
from dayline.calendars import actions as calendars
from dayline.calendars import calendar_links
from dayline.calendars import hooks as calendar_hooks
from dayline.conversations import hooks as topic_hooks
from dayline.decisions import closing
from dayline.decisions import opening as decisions
from dayline.identity import hooks as identity_hooks
from dayline.members import hooks as member_hooks
from dayline.members import revoking
from dayline.messages import hooks as message_hooks
from dayline.messages import opening
from dayline.notices import consumer as notices
from dayline.projects import hooks as project_hooks
from dayline.projects import people
from dayline.references import links
from dayline.timers import ending, recalculation


def register_hooks() -> None:
    """Register each function once. Those of one hook run in this order."""
    identity_hooks.credentials_revoked.register(revoking.revoke_everywhere)
    member_hooks.workspace_created.register(agreements.publish_first)
    member_hooks.workspace_created.register(notices.start)
    member_hooks.member_joined.register(calendars.give_calendar)
    member_hooks.member_changing.register(closing.lock_what_waits_for)
    member_hooks.member_changing.register(people.lock_projects_of)
    member_hooks.member_changing.register(closing.lock_who_decides)
    member_hooks.member_changed.register(people.announce_member)
    member_hooks.member_changed.register(closing.close_if_waiting_only_for)
    member_hooks.member_changed.register(ending.cancel_timers_of_departed)
    member_hooks.links_revoked.register(calendar_links.revoke_of)
    member_hooks.invite_drafted.register(people.check_invited)
    member_hooks.invite_accepted.register(people.add_invited)
    calendar_hooks.calendar_changed.register(recalculation.follow_calendars)
    project_hooks.project_created.register(opening.open_main_discussion)
    topic_hooks.topics_resolved.register(ending.cancel_in_topics)
    message_hooks.message_changing.register(decisions.keep_opening_message)
    message_hooks.text_written.register(links.follow_text)
