import { useSignal } from "@preact/signals";
import { api } from "../../api/client";
import { pageOf } from "../../api/pages";
import type { Task } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { LocalTime } from "../../parts/time/when";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { usePaged } from "../../parts/data/paged";
import { type Entry, historyWords, type Names } from "./history-words";
import { LoadStatus } from "../../parts/data/load-status";

/** What happened to the task, the latest first; read when it is opened. */
export function History({ task }: { task: Task }) {
  const open = useSignal(false);
  return (
    <details
      class="fold history"
      onToggle={({ currentTarget }) => (open.value = currentTarget.open)}
    >
      <summary>History</summary>
      {open.value && <Entries task={task} />}
    </details>
  );
}

const PATH = "/api/workspaces/{workspace}/tasks/{key}/history";

function Entries({ task }: { task: Task }) {
  const here = useWorkspace();
  const read = (cursor: string | null) => {
    const query = cursor ? { cursor } : {};
    return pageOf(api.GET(PATH, { params: { ...here.pathParams({ key: task.key }), query } }));
  };
  const history = usePaged<Entry>(read, [task.key, task.rev]);
  const action = useAction();
  const page = history.data.value;
  const names: Names = {
    member: (id) => here.live.one("members", id).value?.name ?? "somebody",
    task: (id) => here.live.one("tasks", id).value?.key ?? "another task",
  };
  return (
    <>
      <LoadStatus of={history} rows={3} />
      <ol aria-label="History">
        {page?.items.map((entry) => (
          <li key={entry.id}>
            <span class="strong">{entry.actor_id ? names.member(entry.actor_id) : "Dayline"}</span>{" "}
            {historyWords(entry, names)}
            <span class="quiet">
              {" · "}
              <LocalTime at={entry.at} local={entry.at_local} />
            </span>
          </li>
        ))}
      </ol>
      <RequestError of={action} />
      {page?.next && (
        <Button small kind="quiet" onClick={() => action.run(history.more)}>
          Show what was before
        </Button>
      )}
    </>
  );
}
