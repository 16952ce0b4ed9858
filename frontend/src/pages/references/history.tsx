import { useSignal } from "@preact/signals";
import t from "locale:references";
import common from "locale:common";
import { api } from "../../api/client";
import { minute } from "../../api/clock";
import { pageOf } from "../../api/pages";
import { useBoard, useWorkspace } from "../../live/workspace";
import { diffLinesSideBySide } from "../../parts/data/line-diff";
import { usePaged } from "../../parts/data/paged";
import { ShowMore } from "../../parts/data/show-more";
import { clockOf, dateWords, localDate } from "../../parts/time/times";
import type { ReferenceOut, Revision } from "./data";
import { LoadStatus } from "../../parts/data/load-status";

/** The revisions of a reference, latest first, with their changes. Loaded when opened. */
export function History({ reference }: { reference: ReferenceOut }) {
  const isOpen = useSignal(false);
  return (
    <details class="fold" onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
      <summary>{t.editHistory}</summary>
      {isOpen.value && <Revisions id={reference.id} rev={reference.rev} />}
    </details>
  );
}

function Revisions({ id, rev }: { id: string; rev: number }) {
  const here = useWorkspace();
  const path = "/api/workspaces/{workspace}/references/{reference_id}/revisions";
  const revisions = usePaged(
    (cursor) => {
      const query = cursor ? { cursor } : {};
      return pageOf(api.GET(path, { params: { ...here.pathParams({ reference_id: id }), query } }));
    },
    [here, id, rev],
  );
  if (revisions.problem.value || !revisions.data.value) {
    return <LoadStatus of={revisions} what={t.couldNotLoadHistory} rows={2} />;
  }
  const { items } = revisions.data.value;
  return (
    <>
      <ol class="panel revisions" aria-label={t.editHistory}>
        {items.map((revision, index) => (
          <Entry key={revision.number} revision={revision} before={items[index + 1]} />
        ))}
      </ol>
      <ShowMore of={revisions} label={common.showEarlier} />
    </>
  );
}

function Entry({ revision, before }: { revision: Revision; before: Revision | undefined }) {
  const { members } = useBoard();
  const { number, title, body, edited_by, edited_local } = revision;
  const name = <strong>{members.get(edited_by)?.name ?? common.someone}</strong>;
  const date = dateWords(edited_local.slice(0, 10), localDate(minute.value));
  const when = (
    <span class="quiet">
      {date} {clockOf(edited_local)}
    </span>
  );
  return (
    <li>
      <p>{number === 1 ? t.createdBy({ name, when }) : t.editedBy({ name, when })}</p>
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
