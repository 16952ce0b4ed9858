import t from "locale:task";
import { useComputed } from "@preact/signals";
import { answer, api } from "../../api/client";
import { useCommands } from "../../keys/commands";
import type { Task as TaskCard } from "../../live/documents";
import { canEditTask } from "../../live/tasks";
import { useWorkspace } from "../../live/workspace";
import { Conversation } from "../../parts/conversation/conversation";
import { Section, WithSidebar } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { useLoaded } from "../../parts/data/loaded";
import { useReading } from "../../parts/notices/reading";
import { Page } from "../../parts/ui/page";
import { Skeleton } from "../../parts/ui/skeleton";
import { NotFound } from "../not-found";
import { useChange, useRename } from "./change";
import { Decisions } from "./decisions";
import { TaskFacts } from "./facts";
import { Files } from "./files";
import { TaskHistory } from "./history";
import { Links } from "./links";
import { Points } from "./points";
import { SubTasks } from "./sub-tasks";
import "./task.css";

/** One task: what it asks, who does it, what hangs on it, and what is said about it. */
export default function Task({ values }: { values: Record<string, string> }) {
  const { live } = useWorkspace();
  const wanted = (values["key"] ?? "").toUpperCase();
  const found = useComputed(() => {
    for (const task of live.list("tasks").value.values()) if (task.key === wanted) return task;
    return undefined;
  });
  const task = found.value;
  return task ? <TaskPage key={task.id} task={task} /> : <NotFound />;
}

const ONE = "/api/workspaces/{workspace}/tasks/{key}";

function TaskPage({ task }: { task: TaskCard }) {
  const here = useWorkspace();
  const { live } = here;
  const change = useChange(task);
  useReading("topic_id", task.topic_id);
  const rename = useRename(task);
  const topic = live.one("topics", task.topic_id).value;
  const canEdit = canEditTask(live.board.peek(), task);
  const whole = useLoaded(
    () => answer(api.GET(ONE, { params: here.pathParams({ key: task.key }) })),
    [task.key, task.rev, live.resets.value],
  );
  const finish = () => void change({ state: task.closed_at ? "todo" : "done" });
  const name = task.closed_at ? t.reopen : t.markDone;
  const act = { name, keys: ["e"], group: t.task, run: finish };
  useCommands(canEdit ? [act] : []);
  return (
    <Page title={task.title} lead={<Lead task={task} />} rename={canEdit ? rename : undefined}>
      <WithSidebar label={t.details} facts={<TaskFacts task={task} canEdit={canEdit} change={change} />}>
        <RequestError of={whole} />
        {whole.data.value ? (
          <>
            <Points
              task={whole.data.value}
              canEdit={canEdit}
              saved={whole.put}
            />
            <Files
              task={whole.data.value}
              canEdit={canEdit}
              saved={whole.put}
            />
          </>
        ) : (
          !whole.problem.value && <Skeleton rows={4} />
        )}
        <SubTasks task={task} />
        <Links task={task} canEdit={canEdit} />
        <Decisions task={task} />
        {topic && (
          <Section id="comments" title={t.comments}>
            <Conversation
              topic={topic}
              label={t.commentOn({ key: task.key })}
              action={t.comment}
              empty={t.noComments}
            />
          </Section>
        )}
        <TaskHistory task={task} />
      </WithSidebar>
    </Page>
  );
}

/** `WEB-12 in Website`, and its parent. */
function Lead({ task }: { task: TaskCard }) {
  const here = useWorkspace();
  const found = here.live.one("projects", task.project_id).value;
  const above = here.live.one("tasks", task.parent_id ?? "").value;
  const key = <span class="code">{task.key}</span>;
  if (!found) return key;
  const project = <a href={here.pageUrl(`/projects/${found.key}`)}>{found.name}</a>;
  if (!above) return <>{t.keyInProject({ key, project })}</>;
  const parent = (
    <a href={here.pageUrl(`/tasks/${above.key}`)}>
      {above.key} {above.title}
    </a>
  );
  return <>{t.keyInProjectUnder({ key, project, parent })}</>;
}
