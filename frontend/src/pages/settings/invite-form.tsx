import { useSignal } from "@preact/signals";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import type { Board, Member } from "../../live/documents";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { Select } from "../../parts/form/select";
import { OneTimeSecret } from "../../parts/ui/one-time-secret";

type Made = components["schemas"]["InviteMade"];
type Role = Made["role"];

const ROLES: [Role, string][] = [
  ["member", "Member: all the team’s work"],
  ["admin", "Admin: manages members, too"],
  ["owner", "Owner: everything"],
  ["guest", "Guest: only chosen projects"],
];

interface Props {
  board: Board;
  slug: string;
  /** An imported member, whom the invite lets in as who they are. */
  member?: Member;
}

/** An invitation of one address; its link is shown this one time. */
export function InviteForm({ board, slug, member }: Props) {
  const role = useSignal<Role>(member?.role ?? "member");
  const made = useSignal<Made | null>(null);
  if (made.value) return <InviteLink made={made.value} again={() => (made.value = null)} />;
  const send = async (form: FormData) => {
    const body = {
      email: textOf(form, "email") || null,
      member_id: member?.id ?? null,
      role: role.value,
      project_ids: form.getAll("project_ids").map(String),
    };
    const params = { path: { workspace: slug } };
    made.value = await answer(api.POST("/api/workspaces/{workspace}/invites", { params, body }));
  };
  const mine = ROLES.filter(([name]) => name !== "owner" || board.me.role === "owner");
  return (
    <Form action="Make the link" send={send}>
      <Field
        name="email"
        label="E-mail"
        type="email"
        autoComplete="off"
        required={!member}
        {...(member && { hint: "May stay empty where the import knew the address." })}
      />
      {!member && (
        <Select
          name="role"
          label="Role"
          value={role.value}
          onChange={(chosen) => (role.value = chosen as Role)}
        >
          {mine.map(([name, words]) => (
            <option key={name} value={name} selected={name === role.value}>
              {words}
            </option>
          ))}
        </Select>
      )}
      {!member && role.value === "guest" && <GuestProjects board={board} />}
    </Form>
  );
}

function GuestProjects({ board }: { board: Board }) {
  const projects = [...board.projects.values()].filter((project) => !project.archived_at);
  return (
    <fieldset class="choices">
      <legend>Projects that the guest sees</legend>
      {projects.length === 0 && <p class="quiet">There are no projects yet.</p>}
      {projects.map((project) => (
        <label key={project.id} class="choice">
          <input type="checkbox" name="project_ids" value={project.id} />
          {project.name}
        </label>
      ))}
    </fieldset>
  );
}

function InviteLink({ made, again }: { made: Made; again: () => void }) {
  return (
    <div class="form">
      <OneTimeSecret
        label={`Link for ${made.email}`}
        value={made.link}
        note="Send it to them yourself. It is shown this one time, works once, and for 14 days."
      />
      <div class="form-end">
        <button class="button" type="button" onClick={again}>
          Invite somebody else
        </button>
      </div>
    </div>
  );
}
