import t from "locale:project";
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
import { dayMonthWords, localDate } from "../../parts/time/times";
import { type Figures, figuresOf } from "./figures";
import { ProjectForm } from "./project-form";
import "./projects.css";

/** Every project with its condition, lead and next date. */
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
    group: t.projects,
    open: (id) => navigate(here.pageUrl(`/projects/${live.one("projects", id).peek()?.key}`)),
  });
  const canCreate = useBoard().me.role !== "guest";
  const add = canCreate && (
    <Button kind="primary" icon={Plus} onClick={() => (isNew.value = true)}>
      {t.newProject}
    </Button>
  );
  return (
    <Page title={t.projects} aside={open.length > 0 && add}>
      {open.length === 0 ? (
        <Empty icon={Folder} title={t.noProjects}>
          <p>{canCreate ? t.noProjectsWhy : t.noProjectsForGuest}</p>
          {add}
        </Empty>
      ) : (
        <ul class="panel rows project-list" aria-label={t.projects}>
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
          <summary>{t.archivedCount({ count: archived.length })}</summary>
          <ul class="panel rows" aria-label={t.archivedProjects}>
            {archived.map(({ id, key, name }) => (
              <li key={id}>
                <span class="code quiet">{key}</span>
                <a class="main" dir="auto" href={here.pageUrl(`/projects/${key}`)}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
      {isNew.value && (
        <Dialog title={t.newProject} close={() => (isNew.value = false)}>
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
      <a class="main ellipsis" dir="auto" href={here.pageUrl(`/projects/${key}`)} {...rowProps(list, id)}>
        {name}
      </a>
      <ConditionChip condition={condition} />
      <span class="project-lead" title={lead && t.leadIs({ name: lead.name })}>
        {lead ? (
          <>
            <Avatar of={lead} />
            <span class="unseen">{t.leadIs({ name: lead.name })}</span>
            <span class="ellipsis" aria-hidden="true">
              {lead.name}
            </span>
          </>
        ) : (
          <span class="quiet">{t.noLead}</span>
        )}
      </span>
      <span class={next?.isLate ? "project-next late" : "quiet project-next"}>
        {next?.words ?? t.noDate}
      </span>
      <span class="quiet project-open">{t.openTaskCount({ count: figures?.open ?? 0 })}</span>
    </li>
  );
}

/** The next date: an open task that is due or the end of the project, in the reader's calendar. */
function nextDate({ due_on }: Project, figures: Figures | undefined) {
  const today = localDate(minute.value);
  const next = figures?.next;
  const task = next && (!due_on || next.due_on < due_on) ? next : null;
  const on = task?.due_on ?? due_on;
  if (!on) return null;
  const isLate = on < today;
  const when = { isPast: isLate ? "yes" : "no", date: dayMonthWords(on, today) };
  return { words: task ? t.taskDue({ key: task.key, ...when }) : t.endsOn(when), isLate };
}
