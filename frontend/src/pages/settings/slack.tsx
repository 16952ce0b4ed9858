import t from "locale:administration";
import common from "locale:common";
import { useSignal } from "@preact/signals";
import { answer, api, ifMatch } from "../../api/client";
import { pageOf } from "../../api/pages";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { Confirm } from "../../parts/ui/confirm";
import { useAction } from "../../parts/ui/action";
import { Dialog } from "../../parts/ui/dialog";
import { Empty } from "../../parts/ui/empty";
import { RequestError } from "../../parts/ui/error-notice";
import { useLivePaged } from "../../parts/data/paged";
import { ShowMore } from "../../parts/data/show-more";
import { Panel } from "../../parts/ui/panel";
import { toast } from "../../parts/ui/toast";
import { SlackDeliveries } from "./slack-deliveries";
import { SlackForm } from "./slack-form";
import type { Subscription } from "./slack-notices";
import { LoadStatus } from "../../parts/data/load-status";
import { list } from "../../text/format";

const LIST = "/api/workspaces/{workspace}/subscriptions";
const ONE = "/api/workspaces/{workspace}/subscriptions/{subscription_id}";
const TEST = "/api/workspaces/{workspace}/subscriptions/{subscription_id}/test";

/** The Slack channels that get notifications, and the recent deliveries to them. */
export function SlackSection() {
  const here = useWorkspace();
  const editing = useSignal<Subscription | "new" | null>(null);
  const read = useLivePaged((cursor) => {
    const query = cursor ? { cursor } : {};
    return pageOf(api.GET(LIST, { params: { ...here.pathParams(), query } }));
  }, /^subscription/);
  const held = read.data.value?.items;
  return (
    <>
      <Panel
        title={t.slackChannels}
        aside={
          <Button kind="primary" onClick={() => (editing.value = "new")}>
            {t.addChannel}
          </Button>
        }
      >
        <LoadStatus of={read} rows={1} />
        {held?.length === 0 && (
          <Empty title={t.noChannels}>{t.howToConnect}</Empty>
        )}
        <ul class="rows" aria-label={t.slackChannels}>
          {held?.map((subscription) => (
            <ChannelRow
              key={subscription.id}
              subscription={subscription}
              edit={() => (editing.value = subscription)}
              changed={read.reload}
            />
          ))}
        </ul>
        <ShowMore of={read} />
      </Panel>
      <SlackDeliveries subscriptions={held ?? []} />
      {editing.value && (
        <Dialog
          title={
            editing.value === "new" ? t.addSlackChannel : t.editNamed({ name: editing.value.name })
          }
          close={() => (editing.value = null)}
        >
          <SlackForm
            subscription={editing.value === "new" ? null : editing.value}
            saved={async () => {
              editing.value = null;
              await read.reload();
            }}
            close={() => (editing.value = null)}
          />
        </Dialog>
      )}
    </>
  );
}

interface RowProps {
  subscription: Subscription;
  edit: () => void;
  changed: () => Promise<void>;
}

function ChannelRow({ subscription, edit, changed }: RowProps) {
  const here = useWorkspace();
  const { projects } = useBoard();
  const action = useAction();
  const deleting = useSignal(false);
  const { id, name, url, kinds, project_ids, disabled_at, disabled_reason, rev } = subscription;
  const params = here.pathParams({ subscription_id: id });
  const test = async () => {
    const { delivered, said } = await answer(api.POST(TEST, { params }));
    if (delivered) toast(t.testSent({ name }));
    else toast(t.testFailed({ name, reason: said }), { kind: "bad" });
  };
  const turn = async (enabled: boolean) => {
    await answer(api.PATCH(ONE, { params: { ...params, header: ifMatch(rev) }, body: { enabled } }));
    await changed();
  };
  const remove = async () => {
    await answer(api.DELETE(ONE, { params }));
    await changed();
  };
  const where = project_ids?.map((each) => projects.get(each)?.key ?? "?");
  const notices = list(kinds.map((kind) => t.notice({ kind })));
  const facts = [notices, where ? list(where) : common.allProjects];
  if (disabled_reason) facts.push(disabled_reason);
  return (
    <li>
      <span class="main">
        {name} <code class="quiet">{url}</code>
        <span class="quiet row-more">{facts.join(" · ")}</span>
      </span>
      {disabled_at && <Chip tone="warn">{t.turnedOff}</Chip>}
      <Button small aria-label={t.sendTestTo({ name })} onClick={() => action.run(test)}>
        {t.sendTest}
      </Button>
      <Button small aria-label={t.editNamed({ name })} onClick={edit}>
        {common.edit}
      </Button>
      <Button
        small
        aria-label={disabled_at ? t.turnOnNamed({ name }) : t.turnOffNamed({ name })}
        onClick={() => action.run(() => turn(Boolean(disabled_at)))}
      >
        {disabled_at ? t.turnOn : t.turnOff}
      </Button>
      <Button
        small
        kind="quiet"
        aria-label={t.deleteNamed({ name })}
        onClick={() => (deleting.value = true)}
      >
        {common.delete}
      </Button>
      <RequestError of={action} />
      {deleting.value && (
        <Confirm
          title={t.confirmDelete({ name })}
          action={common.delete}
          run={remove}
          close={() => (deleting.value = false)}
        >
          <p>{t.deleteChannelMeans}</p>
        </Confirm>
      )}
    </li>
  );
}
