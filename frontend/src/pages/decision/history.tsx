import { useSignal } from "@preact/signals";
import { api } from "../../api/client";
import { pageOf } from "../../api/pages";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { LocalTime } from "../../parts/time/when";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { usePaged } from "../../parts/data/paged";
import { type Entry, historyWords } from "./history-words";
import type { Of } from "./data";
import { LoadStatus } from "../../parts/data/load-status";

/** What happened to the decision, the latest first; read when it is opened. */
export function History({ decision }: Of) {
  const open = useSignal(false);
  return (
    <details
      class="fold history"
      onToggle={({ currentTarget }) => (open.value = currentTarget.open)}
    >
      <summary>History</summary>
      {open.value && <Entries decision={decision} />}
    </details>
  );
}

const PATH = "/api/workspaces/{workspace}/decisions/{key}/history";

function Entries({ decision }: Of) {
  const here = useWorkspace();
  const read = (cursor: string | null) => {
    const query = cursor ? { cursor } : {};
    return pageOf(api.GET(PATH, { params: { ...here.pathParams({ key: decision.key }), query } }));
  };
  const history = usePaged<Entry>(read, [decision]);
  const action = useAction();
  const page = history.data.value;
  return (
    <>
      <LoadStatus of={history} rows={3} />
      <ol aria-label="History">
        {page?.items.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
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

function EntryRow({ entry }: { entry: Entry }) {
  const { live } = useWorkspace();
  const actor = live.one("members", entry.actor_id ?? "").value?.name ?? "Somebody";
  return (
    <li>
      <span class="strong">{entry.actor_id ? actor : "Dayline"}</span> {historyWords(entry)}
      <span class="quiet">
        {" · "}
        <LocalTime at={entry.at} local={entry.at_local} />
      </span>
    </li>
  );
}
