import type { Loaded } from "./loaded";
import { Notice } from "./notice";

/** What could not be read and why, with a way to try again; nothing where all is well. */
export function Failed({ of: { problem, reload } }: { of: Loaded<unknown> }) {
  const found = problem.value;
  if (!found) return null;
  const says = [found.title, ...(found.detail ? [found.detail] : [])];
  return (
    <Notice kind="bad" says={says} requestId={found.request_id ?? null}>
      <button class="button small" type="button" onClick={() => void reload()}>
        Try again
      </button>
    </Notice>
  );
}
