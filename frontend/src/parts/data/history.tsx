import { useSignal } from "@preact/signals";
import common from "locale:common";
import { useWorkspace } from "../../live/workspace";
import type { Page } from "../../api/pages";
import { LocalTime } from "../time/when";
import { LoadStatus } from "./load-status";
import { usePaged } from "./paged";
import { ShowMore } from "./show-more";

interface Entry {
  id: string;
  actor_id: string | null;
  at: string;
  at_local: string;
}

interface Props<E extends Entry> {
  read: (cursor: string | null) => Promise<Page<E>>;
  /** The history is read again when one of these changes. */
  inputs: readonly unknown[];
  /** What someone did: `moved it from To do to Done`. */
  wordsOf: (entry: E) => string;
}

/** A collapsed history, latest entry first. It is loaded when opened. */
export function History<E extends Entry>(props: Props<E>) {
  const isOpen = useSignal(false);
  return (
    <details
      class="fold history"
      onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}
    >
      <summary>{common.history}</summary>
      {isOpen.value && <Entries {...props} />}
    </details>
  );
}

function Entries<E extends Entry>({ read, inputs, wordsOf }: Props<E>) {
  const { live } = useWorkspace();
  const history = usePaged(read, inputs);
  const page = history.data.value;
  const actorOf = ({ actor_id }: E) =>
    actor_id ? (live.one("members", actor_id).value?.name ?? common.someone) : "Dayline";
  return (
    <>
      <LoadStatus of={history} rows={3} />
      <ol aria-label={common.history}>
        {page?.items.map((entry) => (
          <li key={entry.id}>
            <span class="strong">{actorOf(entry)}</span> {wordsOf(entry)}
            <span class="quiet">
              {" · "}
              <LocalTime at={entry.at} local={entry.at_local} />
            </span>
          </li>
        ))}
      </ol>
      <ShowMore of={history} label={common.showEarlier} />
    </>
  );
}
