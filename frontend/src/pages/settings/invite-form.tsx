import t from "locale:administration";
import common from "locale:common";
import { useSignal } from "@preact/signals";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import type { Board, Member } from "../../live/documents";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { Select } from "../../parts/form/select";
import { CancelButton } from "../../parts/ui/cancel-button";
import { OneTimeSecret } from "../../parts/ui/one-time-secret";

type Made = components["schemas"]["InviteMade"];
type Role = Made["role"];

const ROLES: readonly Role[] = ["member", "admin", "owner", "guest"];

interface Props {
  board: Board;
  slug: string;
  /** An imported member, who takes over their imported work when they join. */
  member?: Member;
  close: () => void;
}

/** Invites one person by email. The link is shown once. */
export function InviteForm({ board, slug, member, close }: Props) {
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
  const mine = ROLES.filter((name) => name !== "owner" || board.me.role === "owner");
  return (
    <Form action={t.createInviteLink} send={send} aside={<CancelButton close={close} />}>
      <Field
        name="email"
        label={common.email}
        type="email"
        autoComplete="off"
        required={!member}
        {...(member && { hint: t.emptyUsesImported })}
      />
      {!member && (
        <Select
          name="role"
          label={t.roleLabel}
          value={role.value}
          onChange={(chosen) => (role.value = chosen as Role)}
        >
          {mine.map((name) => (
            <option key={name} value={name} selected={name === role.value}>
              {t.roleChoice({ role: name })}
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
      <legend>{t.guestProjects}</legend>
      {projects.length === 0 && <p class="quiet">{t.noProjects}</p>}
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
        label={t.inviteLinkFor({ email: made.email })}
        value={made.link}
        note={t.inviteLinkNote}
      />
      <div class="form-end">
        <button class="button" type="button" onClick={again}>
          {t.inviteAnother}
        </button>
      </div>
    </div>
  );
}
