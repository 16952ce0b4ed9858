import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Board, Member } from "../live/documents";
import { useBoard, useWorkspace } from "../live/workspace";
import { Person } from "../parts/avatar";
import { Button } from "../parts/button";
import { ConditionChip } from "../parts/condition";
import { Dialog } from "../parts/dialog";
import { Page } from "../parts/page";
import { Panel } from "../parts/panel";
import { placeOf } from "../parts/zones";
import { InviteForm } from "./invite-form";
import { ProjectForm } from "./project-form";

/** A workspace at a glance: its projects and its members, live. */
export default function Today() {
  const { slug } = useWorkspace();
  const board = useBoard();
  return (
    <Page
      title={board.workspace.name}
      lead={`Times are compared in ${placeOf(board.workspace.reference_zone)}.`}
    >
      <Projects board={board} slug={slug} />
      <Members board={board} slug={slug} />
    </Page>
  );
}

function Projects({ board, slug }: { board: Board; slug: string }) {
  const isNew = useSignal(false);
  const fresh = useFresh(board.projects);
  const projects = [...board.projects.values()].filter((project) => !project.archived_at);
  projects.sort((a, b) => a.name.localeCompare(b.name));
  const open = openTasks(board);
  const add = board.me.role !== "guest" && (
    <Button onClick={() => (isNew.value = true)}>New project</Button>
  );
  return (
    <Panel title="Projects" aside={add}>
      {projects.length === 0 && <p class="empty">No projects yet.</p>}
      <ul class="rows projects">
        {projects.map((project) => (
          <li
            key={`${project.id} ${project.rev}`}
            class={fresh(project) ? "fresh" : undefined}
          >
            <span class="key">{project.key}</span>
            <a class="main" href={`/w/${slug}/projects/${project.key}`}>
              {project.name}
            </a>
            <ConditionChip condition={project.condition} />
            <span class="open-tasks">{countOf(open.get(project.id) ?? 0)}</span>
          </li>
        ))}
      </ul>
      {isNew.value && (
        <Dialog title="New project" close={() => (isNew.value = false)}>
          <ProjectForm slug={slug} done={() => (isNew.value = false)} />
        </Dialog>
      )}
    </Panel>
  );
}

function openTasks(board: Board): Map<string, number> {
  const open = new Map<string, number>();
  for (const task of board.tasks.values()) {
    if (!task.closed_at) open.set(task.project_id, (open.get(task.project_id) ?? 0) + 1);
  }
  return open;
}

const countOf = (tasks: number) => (tasks === 1 ? "1 open task" : `${tasks} open tasks`);

/** Whether a row came or changed since the page was opened: it then lights up for a moment. */
function useFresh<T extends { id: string; rev: number }>(rows: ReadonlyMap<string, T>) {
  const first = useRef(rows);
  return (row: T) => first.current.get(row.id)?.rev !== row.rev;
}

function Members({ board, slug }: { board: Board; slug: string }) {
  const inviting = useSignal(false);
  const { role, member_id } = board.me;
  const members = [...board.members.values()].filter((member) => !member.disabled_at);
  members.sort((a, b) => a.name.localeCompare(b.name));
  const invite = (role === "owner" || role === "admin") && (
    <Button onClick={() => (inviting.value = true)}>Invite</Button>
  );
  return (
    <Panel title="Members" aside={invite}>
      <ul class="rows">
        {members.map((member) => (
          <MemberRow key={member.id} member={member} isMe={member.id === member_id} />
        ))}
      </ul>
      {inviting.value && (
        <Dialog title="Invite somebody" close={() => (inviting.value = false)}>
          <InviteForm board={board} slug={slug} />
        </Dialog>
      )}
    </Panel>
  );
}

function MemberRow({ member, isMe }: { member: Member; isMe: boolean }) {
  return (
    <li>
      <span class="main">
        <Person of={member} /> {isMe && <span class="quiet">(you)</span>}
      </span>
      <span class="quiet">@{member.handle}</span>
      <span class="chip">{member.role}</span>
    </li>
  );
}
