"""Problems of topics."""

from dayline.kernel.errors import Conflict, Forbidden


class TitleFollowsTask(Conflict):
    """This topic bears the title of its task; rename the task."""

    slug = "title-follows-task"


class TopicFollowsDecision(Conflict):
    """This topic bears the title of its decision, and is resolved with it."""

    slug = "topic-follows-decision"


class OpenerOrTeamOnly(Forbidden):
    """A guest renames, resolves and reopens only the topics that they opened."""

    slug = "opener-or-team-only"
