import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Board, Member, Project } from "../live/documents";
import { useLive } from "../live/live";
import { Dialog } from "../parts/dialog";
import { LiveStrip } from "../parts/live-strip";
import { Page } from "../parts/page";
import { Panel } from "../parts/panel";
import { placeOf } from "../parts/zones";
import { InviteForm } from "./invite-form";
import { NotFound } from "./not-found";
import { ProjectForm } from "./project-form";

/** A workspace at a glance: its projects and its members, live. */
export function Overview({ slug }: { slug: string }) {
  const live = useLive(slug);
  const board = live.board.value;
  if (live.standing.value === "gone") return <NotFound />;
  if (!board) {
    return (
      <Page title="Dayline">
        <LiveStrip live={live} />
        <div class="skeleton" />
      </Page>
    );
  }
  return (
    <>
      <LiveStrip live={live} />
      <Page
        key={slug}
        title={board.workspace.name}
        lead={`Times are compared in ${placeOf(board.workspace.reference_zone)}.`}
      >
        <Projects board={board} slug={slug} />
        <Members board={board} slug={slug} />
      </Page>
    </>
  );
}

function Projects({ board, slug }: { board: Board; slug: string }) {
  const isNew = useSignal(false);
  const fresh = useFresh(board.projects);
  const projects = [...board.projects.values()].filter((project) => !project.archived_at);
  projects.sort((a, b) => a.name.localeCompare(b.name));
  const open = openTasks(board);
  const add = board.me.role !== "guest" && (
    <button class="button" type="button" onClick={() => (isNew.value = true)}>
      New project
    </button>
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
            <span class="main">{project.name}</span>
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

const CONDITIONS = {
  on_track: ["good", "On track"],
  at_risk: ["warn", "At risk"],
  off_track: ["bad", "Off track"],
} as const;

function ConditionChip({ condition }: { condition: Project["condition"] }) {
  const [kind, words] = condition ? CONDITIONS[condition] : ["", "No update yet"];
  return <span class={`chip ${kind}`}>{words}</span>;
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
  const inviting = useSignal<Member | "anybody" | null>(null);
  const { role, member_id } = board.me;
  const invites = role === "owner" || role === "admin";
  const members = [...board.members.values()].filter((member) => !member.disabled_at);
  members.sort((a, b) => a.name.localeCompare(b.name));
  const invite = invites && (
    <button class="button" type="button" onClick={() => (inviting.value = "anybody")}>
      Invite
    </button>
  );
  return (
    <Panel title="Members" aside={invite}>
      <ul class="rows">
        {members.map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            isMe={member.id === member_id}
            invite={invites && (() => (inviting.value = member))}
          />
        ))}
      </ul>
      {inviting.value && (
        <Dialog title={invitation(inviting.value)} close={() => (inviting.value = null)}>
          <InviteForm
            board={board}
            slug={slug}
            {...(inviting.value !== "anybody" && { member: inviting.value })}
          />
        </Dialog>
      )}
    </Panel>
  );
}

const invitation = (whom: Member | "anybody") =>
  whom === "anybody" ? "Invite somebody" : `Invite ${whom.name}`;

interface MemberRowProps {
  member: Member;
  isMe: boolean;
  invite: false | (() => void);
}

function MemberRow({ member, isMe, invite }: MemberRowProps) {
  return (
    <li>
      <span class="main">
        {member.name} {isMe && <span class="quiet">(you)</span>}
      </span>
      {!member.joined_at && <span class="quiet">has not joined yet</span>}
      {!member.joined_at && invite && (
        <button class="button" type="button" onClick={invite} aria-label={`Invite ${member.name}`}>
          Invite
        </button>
      )}
      <span class="quiet">@{member.handle}</span>
      <span class="chip">{member.role}</span>
    </li>
  );
}
