import { answer, api, ifMatch } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { type NoticeKind, NOTICES, type Subscription } from "./slack-words";

const LIST = "/api/workspaces/{workspace}/subscriptions";
const ONE = "/api/workspaces/{workspace}/subscriptions/{subscription_id}";

interface Props {
  /** Null for a new one. */
  subscription: Subscription | null;
  saved: () => Promise<void>;
}

/** A channel's webhook, what it is told, and about which projects. */
export function SlackForm({ subscription, saved }: Props) {
  const here = useWorkspace();
  const send = async (form: FormData) => {
    const projects = form.getAll("project_ids").map(String);
    const url = textOf(form, "url").trim();
    const body = {
      name: textOf(form, "name"),
      kinds: form.getAll("kinds") as NoticeKind[],
      project_ids: projects.length > 0 ? projects : null,
    };
    if (subscription) {
      const params = { ...here.pathParams({ subscription_id: subscription.id }), header: ifMatch(subscription.rev) };
      await answer(api.PATCH(ONE, { params, body: url ? { ...body, url } : body }));
    } else await answer(api.POST(LIST, { params: here.pathParams(), body: { ...body, url } }));
    await saved();
  };
  return (
    <Form action={subscription ? "Save" : "Add the channel"} send={send}>
      <Field
        name="name"
        label="Name"
        required
        maxLength={200}
        defaultValue={subscription?.name ?? ""}
        hint="Such as #delivery."
      />
      <Field
        name="url"
        label="Webhook’s address"
        autoComplete="off"
        required={!subscription}
        maxLength={500}
        hint={
          subscription
            ? `Empty: it stays ${subscription.url}`
            : "It is kept encrypted and never shown again."
        }
      />
      <fieldset class="choices">
        <legend>What it is told</legend>
        {NOTICES.map(([kind, words]) => (
          <label key={kind} class="choice">
            <input
              type="checkbox"
              name="kinds"
              value={kind}
              defaultChecked={subscription ? subscription.kinds.includes(kind) : kind !== "task_state"}
            />
            {words}
          </label>
        ))}
      </fieldset>
      <ProjectChoice chosen={subscription?.project_ids ?? []} />
    </Form>
  );
}

function ProjectChoice({ chosen }: { chosen: readonly string[] }) {
  const { projects } = useBoard();
  return (
    <fieldset class="choices">
      <legend>Only these projects</legend>
      <p class="quiet">None chosen: all of them. Direct conversations are never told.</p>
      {[...projects.values()].map(({ id, name }) => (
        <label key={id} class="choice">
          <input
            type="checkbox"
            name="project_ids"
            value={id}
            defaultChecked={chosen.includes(id)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
