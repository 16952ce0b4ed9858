import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { minute } from "../../api/clock";
import type { Notice } from "../../live/documents";
import { isSnoozed } from "../../live/inbox";
import { useWorkspace } from "../../live/workspace";
import { readNotice } from "./requests";

type Subject = "topic_id" | "reference_id" | "subject_id" | "agreement_version";

/**
 * My notices about something are read while its page is shown, also those that come meanwhile. One
 * that I mark as unread on the way stays so.
 */
export function useReading(by: Subject, value: Notice[Subject]): void {
  const here = useWorkspace();
  const asked = useRef(new Set<string>());
  useEffect(
    () =>
      effect(() => {
        const now = minute.value; // it also changes when a hidden page is looked at again
        const notices = [...here.live.list("notices").value.values()];
        if (document.hidden || value === null) return;
        const isNew = (notice: Notice) =>
          notice.read_at === null && !isSnoozed(notice, now) && !asked.current.has(notice.id);
        for (const { id } of notices.filter((each) => each[by] === value && isNew(each))) {
          asked.current.add(id);
          readNotice(here, id).catch(() => asked.current.delete(id));
        }
      }),
    [here, by, value],
  );
}
