import type { Signal } from "@preact/signals";
import type { Problem } from "../../api/problem";
import { Notice } from "./notice";

interface Props {
  of: { problem: Signal<Problem | null>; reload?: () => Promise<void> };
}

/** What failed and why, with a way to read again; nothing where all is well. */
export function RequestError({ of: { problem, reload } }: Props) {
  const found = problem.value;
  if (!found) return null;
  const says = [found.title, ...(found.detail ? [found.detail] : [])];
  return (
    <Notice kind="bad" lines={says} requestId={found.request_id ?? null}>
      {reload && (
        <button class="button small" type="button" onClick={() => void reload()}>
          Try again
        </button>
      )}
    </Notice>
  );
}
