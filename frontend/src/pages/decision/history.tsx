import { useSignal } from "@preact/signals";
import { api } from "../../api/client";
import { pageOf } from "../../api/pages";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/button";
import { When } from "../../parts/conversation/when";
import { Failed } from "../../parts/failed";
import { useLoaded } from "../../parts/loaded";
import { Skeleton } from "../../parts/skeleton";
import { type Entry, historyWords } from "./history-words";
import type { Of } from "./reading";

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
  const earlier = useSignal<readonly Entry[]>([]);
  const next = useSignal<string | null>(null);
  const read = (cursor: string | null) => {
    const query = cursor ? { cursor } : {};
    return pageOf(api.GET(PATH, { params: { ...here.path({ key: decision.key }), query } }));
  };
  const latest = useLoaded(async () => {
    const page = await read(null);
    earlier.value = [];
    next.value = page.next;
    return page.items;
  }, [decision]);
  const more = async () => {
    const page = await read(next.peek());
    earlier.value = [...earlier.peek(), ...page.items];
    next.value = page.next;
  };
  return (
    <>
      <Failed of={latest} />
      {!latest.data.value && !latest.problem.value && <Skeleton rows={3} />}
      <ol aria-label="History">
        {[...(latest.data.value ?? []), ...earlier.value].map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </ol>
      {next.value && (
        <Button small kind="quiet" onClick={() => void more()}>
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
        <When at={entry.at} local={entry.at_local} />
      </span>
    </li>
  );
}
