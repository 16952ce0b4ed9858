import { useComputed, useSignal } from "@preact/signals";
import { Folder, Plus } from "lucide";
import { minute } from "../../api/clock";
import { type ListNavigation, rowProps, useListNavigation } from "../../keys/list-navigation";
import type { Project } from "../../live/documents";
import { useBoard, useWorkspace } from "../../live/workspace";
import { navigate } from "../../router/router";
import { Avatar } from "../../parts/people/avatar";
import { Button } from "../../parts/ui/button";
import { ConditionChip } from "../../parts/data/project-condition";
import "../../parts/ui/facts.css";
import { Dialog } from "../../parts/ui/dialog";
import { Empty } from "../../parts/ui/empty";
import { Page } from "../../parts/ui/page";
import { dateWords, localDate } from "../../parts/time/times";
import { type Figures, figuresOf } from "./figures";
import { ProjectForm } from "./project-form";
import "./projects.css";

/** Every project: how it stands, who leads it, what comes next. */
export default function Projects() {
  const here = useWorkspace();
  const { live } = here;
  const isNew = useSignal(false);
  const all = useComputed(() => byName([...live.list("projects").value.values()])).value;
  const figures = useComputed(() => figuresOf(live.list("tasks").value.values())).value;
  const open = all.filter(({ archived_at }) => !archived_at);
  const archived = all.filter(({ archived_at }) => archived_at);
  const list = useListNavigation({
    ids: () => open.map(({ id }) => id),
    group: "Projects",
    open: (id) => navigate(here.pageUrl(`/projects/${live.one("projects", id).peek()?.key}`)),
  });
  const mayMake = useBoard().me.role !== "guest";
  const add = mayMake && (
    <Button kind="primary" icon={Plus} onClick={() => (isNew.value = true)}>
      New project
    </Button>
  );
  return (
    <Page title="Projects" aside={open.length > 0 && add}>
      {open.length === 0 ? (
        <Empty icon={Folder} title={mayMake ? "No projects yet" : "No projects for you yet"}>
          <p>
            {mayMake
              ? "A project holds tasks, updates and a discussion. Say what it is for, and begin."
              : "Somebody who leads a project adds you to it."}
          </p>
          {add}
        </Empty>
      ) : (
        <ul class="panel rows project-list" aria-label="Projects">
          {open.map((project) => (
            <ProjectRow
              key={project.id}
              project={project}
              figures={figures.get(project.id)}
              list={list}
            />
          ))}
        </ul>
      )}
      {archived.length > 0 && (
        <details class="fold">
          <summary>Archived ({archived.length})</summary>
          <ul class="panel rows" aria-label="Archived projects">
            {archived.map(({ id, key, name }) => (
              <li key={id}>
                <span class="code quiet">{key}</span>
                <a class="main" href={here.pageUrl(`/projects/${key}`)}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
      {isNew.value && (
        <Dialog title="New project" close={() => (isNew.value = false)}>
          <ProjectForm close={() => (isNew.value = false)} />
        </Dialog>
      )}
    </Page>
  );
}

const byName = (projects: Project[]) => projects.sort((a, b) => a.name.localeCompare(b.name));

interface RowProps {
  project: Project;
  figures: Figures | undefined;
  list: ListNavigation;
}

function ProjectRow({ project, figures, list }: RowProps) {
  const here = useWorkspace();
  const { id, key, name, condition, lead_id } = project;
  const lead = here.live.one("members", lead_id ?? "").value;
  const next = nextDate(project, figures);
  return (
    <li>
      <span class="code quiet">{key}</span>
      <a class="main ellipsis" href={here.pageUrl(`/projects/${key}`)} {...rowProps(list, id)}>
        {name}
      </a>
      <ConditionChip condition={condition} />
      <span class="project-lead" title={lead ? `Led by ${lead.name}` : "Nobody leads it"}>
        {lead ? (
          <>
            <Avatar of={lead} />
            <span class="unseen">Led by </span>
            <span class="ellipsis">{lead.name}</span>
          </>
        ) : (
          <span class="quiet">No lead</span>
        )}
      </span>
      <span class={next?.isLate ? "project-next late" : "quiet project-next"}>
        {next?.words ?? "No date"}
      </span>
      <span class="quiet project-open">{openWords(figures?.open ?? 0)}</span>
    </li>
  );
}

const openWords = (count: number) => (count === 1 ? "1 open task" : `${count} open tasks`);

/** What comes next: an open task that is due, or the end. Days are those of the reader's calendar. */
function nextDate({ due_on }: Project, figures: Figures | undefined) {
  const today = localDate(minute.value);
  const task = figures?.next;
  const [what, date] =
    task && (!due_on || task.due_on < due_on) ? [`${task.key} due`, task.due_on] : ["Ends", due_on];
  if (!date) return null;
  const isLate = date < today;
  const said = isLate ? what.replace("due", "was due").replace("Ends", "Was to end") : what;
  return { words: `${said} ${dateWords(date, today).slice(4)}`, isLate };
}
