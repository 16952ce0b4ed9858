import t from "locale:administration";
import common from "locale:common";
import { answer, api, ifMatch } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Field } from "../../parts/form/field";
import { LanguageSelect } from "../../parts/form/language-select";
import { Form, textOf } from "../../parts/form/form";
import { CancelButton } from "../../parts/ui/cancel-button";
import { type NoticeKind, NOTICES, type Subscription } from "./slack-notices";

const LIST = "/api/workspaces/{workspace}/subscriptions";
const ONE = "/api/workspaces/{workspace}/subscriptions/{subscription_id}";

interface Props {
  /** Null for a new one. */
  subscription: Subscription | null;
  saved: () => Promise<void>;
  close: () => void;
}

/** A channel's webhook, and what it is notified about in which projects. */
export function SlackForm({ subscription, saved, close }: Props) {
  const here = useWorkspace();
  const send = async (form: FormData) => {
    const projects = form.getAll("project_ids").map(String);
    const url = textOf(form, "url").trim();
    const body = {
      name: textOf(form, "name"),
      kinds: form.getAll("kinds") as NoticeKind[],
      project_ids: projects.length > 0 ? projects : null,
      language: textOf(form, "language") || null,
    };
    if (subscription) {
      const params = { ...here.pathParams({ subscription_id: subscription.id }), header: ifMatch(subscription.rev) };
      await answer(api.PATCH(ONE, { params, body: url ? { ...body, url } : body }));
    } else await answer(api.POST(LIST, { params: here.pathParams(), body: { ...body, url } }));
    await saved();
  };
  return (
    <Form
      action={subscription ? common.save : t.addChannel}
      send={send}
      aside={<CancelButton close={close} />}
    >
      <Field
        name="name"
        label={t.name}
        required
        maxLength={200}
        defaultValue={subscription?.name ?? ""}
        hint={t.channelNameHint}
      />
      <Field
        name="url"
        label={t.webhookUrl}
        autoComplete="off"
        required={!subscription}
        maxLength={500}
        hint={subscription ? t.webhookKept({ url: subscription.url }) : t.webhookHint}
      />
      <LanguageSelect
        name="language"
        value={subscription?.language ?? null}
        none={t.languageOfWorkspace}
        hint={t.channelLanguageHint}
      />
      <fieldset class="choices">
        <legend>{t.notifyAbout}</legend>
        {NOTICES.map((kind) => (
          <label key={kind} class="choice">
            <input
              type="checkbox"
              name="kinds"
              value={kind}
              defaultChecked={subscription ? subscription.kinds.includes(kind) : kind !== "task_state"}
            />
            {t.notice({ kind })}
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
      <legend>{t.projects}</legend>
      <p class="quiet">{t.projectsHint}</p>
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
