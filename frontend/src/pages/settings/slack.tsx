import { useSignal } from "@preact/signals";
import { answer, api, ifMatch } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { Confirm } from "../../parts/ui/confirm";
import { useAction } from "../../parts/ui/action";
import { Dialog } from "../../parts/ui/dialog";
import { Empty } from "../../parts/ui/empty";
import { RequestError } from "../../parts/ui/error-notice";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Panel } from "../../parts/ui/panel";
import { toast } from "../../parts/ui/toast";
import { SlackDeliveries } from "./slack-deliveries";
import { SlackForm } from "./slack-form";
import { noticeWords, type Subscription } from "./slack-words";
import { LoadStatus } from "../../parts/data/load-status";

const LIST = "/api/workspaces/{workspace}/subscriptions";
const ONE = "/api/workspaces/{workspace}/subscriptions/{subscription_id}";
const TEST = "/api/workspaces/{workspace}/subscriptions/{subscription_id}/test";

/** The Slack channels that are told what happens, and what became of what they were told. */
export function SlackSection() {
  const here = useWorkspace();
  const editing = useSignal<Subscription | "new" | null>(null);
  const read = useLiveLoaded(() => answer(api.GET(LIST, { params: here.pathParams() })), /^subscription/);
  const held = read.data.value;
  return (
    <>
      <Panel
        title="Slack channels"
        aside={
          <Button kind="primary" onClick={() => (editing.value = "new")}>
            Add a channel
          </Button>
        }
      >
        <LoadStatus of={read} rows={1} />
        {held?.length === 0 && (
          <Empty title="No channel is told anything.">
            Make an incoming webhook in Slack, and add its address here.
          </Empty>
        )}
        <ul class="rows" aria-label="Slack channels">
          {held?.map((subscription) => (
            <ChannelRow
              key={subscription.id}
              subscription={subscription}
              edit={() => (editing.value = subscription)}
              changed={read.reload}
            />
          ))}
        </ul>
      </Panel>
      <SlackDeliveries subscriptions={held ?? []} />
      {editing.value && (
        <Dialog
          title={editing.value === "new" ? "Add a Slack channel" : editing.value.name}
          close={() => (editing.value = null)}
        >
          <SlackForm
            subscription={editing.value === "new" ? null : editing.value}
            saved={async () => {
              editing.value = null;
              await read.reload();
            }}
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
    toast(delivered ? `${name} has the test message` : `${name}: ${said}`, {
      kind: delivered ? "plain" : "bad",
    });
  };
  const turn = async (enabled: boolean) => {
    await answer(api.PATCH(ONE, { params: { ...params, header: ifMatch(rev) }, body: { enabled } }));
    await changed();
  };
  const remove = async () => {
    await answer(api.DELETE(ONE, { params }));
    await changed();
  };
  const where = project_ids?.map((each) => projects.get(each)?.key ?? "?").join(", ");
  return (
    <li>
      <span class="main">
        {name} <code class="quiet">{url}</code>
        <span class="quiet row-more">
          {kinds.map(noticeWords).join(", ")} · {where ?? "all projects"}
          {disabled_reason && ` · ${disabled_reason}`}
        </span>
      </span>
      {disabled_at && <Chip tone="warn">Turned off</Chip>}
      <Button small aria-label={`Send a test to ${name}`} onClick={() => action.run(test)}>
        Test
      </Button>
      <Button small aria-label={`Edit ${name}`} onClick={edit}>
        Edit
      </Button>
      <Button
        small
        aria-label={`Turn ${name} ${disabled_at ? "on" : "off"}`}
        onClick={() => action.run(() => turn(Boolean(disabled_at)))}
      >
        Turn {disabled_at ? "on" : "off"}
      </Button>
      <Button
        small
        kind="quiet"
        aria-label={`Delete ${name}`}
        onClick={() => (deleting.value = true)}
      >
        Delete
      </Button>
      <RequestError of={action} />
      {deleting.value && (
        <Confirm
          title={`Delete ${name}?`}
          action="Delete"
          run={remove}
          close={() => (deleting.value = false)}
        >
          <p>The channel is told nothing more; its deliveries go with it.</p>
        </Confirm>
      )}
    </li>
  );
}
