import { useSignal } from "@preact/signals";
import { api } from "../../api/client";
import { pageOf } from "../../api/pages";
import { useBoard, useWorkspace } from "../../live/workspace";
import { diffLinesSideBySide } from "../../parts/data/line-diff";
import { useLoaded } from "../../parts/data/loaded";
import { clockOf, dateWords } from "../../parts/time/times";
import type { ReferenceOut, Revision } from "./data";
import { LoadStatus } from "../../parts/data/load-status";

/** Its texts, the latest first, each with what it changed; read when someone looks. */
export function History({ reference }: { reference: ReferenceOut }) {
  const isOpen = useSignal(false);
  return (
    <details class="fold" onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
      <summary>History of edits</summary>
      {isOpen.value && <Revisions id={reference.id} rev={reference.rev} />}
    </details>
  );
}

const MOST = 50;

function Revisions({ id, rev }: { id: string; rev: number }) {
  const here = useWorkspace();
  const path = "/api/workspaces/{workspace}/references/{reference_id}/revisions";
  const params = { ...here.pathParams({ reference_id: id }), query: { limit: MOST } };
  const revisions = useLoaded(() => pageOf(api.GET(path, { params })), [here, id, rev]);
  if (revisions.problem.value || !revisions.data.value) {
    return <LoadStatus of={revisions} what="The history could not be read." rows={2} />;
  }
  const { items } = revisions.data.value;
  return (
    <ol class="panel revisions" aria-label="History of edits">
      {items.map((revision, index) => (
        <Entry key={revision.number} revision={revision} before={items[index + 1]} />
      ))}
    </ol>
  );
}

function Entry({ revision, before }: { revision: Revision; before: Revision | undefined }) {
  const { members } = useBoard();
  const { number, title, body, edited_by, edited_local } = revision;
  const who = members.get(edited_by)?.name ?? "Somebody";
  const when = `${dateWords(edited_local.slice(0, 10), "0000").slice(4)} ${clockOf(edited_local)}`;
  return (
    <li>
      <p>
        <strong>{who}</strong> {number === 1 ? "wrote it" : "edited it"}{" "}
        <span class="quiet">{when}</span>
      </p>
      {before && before.title !== title && (
        <p>
          <del>{before.title}</del> <ins>{title}</ins>
        </p>
      )}
      {before && before.body !== body && <Changes before={before.body} after={body} />}
    </li>
  );
}

/** The lines that differ. */
function Changes({ before, after }: { before: string; after: string }) {
  const lines = diffLinesSideBySide(before, after).filter(({ same }) => !same);
  return (
    <div class="changed-lines">
      {lines.map((line, index) => (
        <div key={index}>
          {line.before && <del>{line.before}</del>}
          {line.after && <ins>{line.after}</ins>}
        </div>
      ))}
    </div>
  );
}
