/** The rows of Today: where each leads, and which of my notices are about it. */

import t from "locale:today";
import type { Notice, Task } from "../../live/documents";
import type { NoticeOut } from "../../parts/notices/requests";
import { pathOf } from "./address";
import type { AskLine } from "./ask-status";
import type { Today } from "./data";

/** By which of its fields a notice belongs to a row: by its own id, or by what it asks me for. */
type About = Partial<
  Pick<Notice, "id" | "timer_id" | "decision_id" | "reference_id" | "subject_id" | "agreement_version">
>;

export interface Row {
  id: string;
  /** Below the workspace's address. */
  path: string;
  /** What it is called in toasts and menus. */
  title: string;
  about: About;
}

type Made = Today["decisions_to_read"][number];
type NewsLine = Today["since_you_left"]["lines"][number];

export const askRow = (line: AskLine): Row => ({
  id: line.timer.id,
  path: pathOf(line),
  title: (line.task ?? line.decision ?? line.topic).title,
  about: { timer_id: line.timer.id, decision_id: line.decision?.id ?? null },
});

export const waitingRow = (line: AskLine): Row => ({
  ...askRow(line),
  id: `waiting ${line.timer.id}`,
  about: {},
});

export const signatureRow = ({ version, title }: Today["signatures"][number]): Row => ({
  id: `agreement ${version}`,
  path: "/agreement",
  title,
  about: { agreement_version: version },
});

export const recordRow = ({ decision }: Made): Row => ({
  id: `record ${decision.id}`,
  path: `/decisions/${decision.key}`,
  title: decision.title,
  about: { decision_id: decision.id },
});

export const reviewRow = (made: Made): Row => ({ ...recordRow(made), id: `review ${made.decision.id}` });

export const referenceRow = ({ id, title }: Today["references_due"][number]): Row => ({
  id,
  path: `/references/${id}`,
  title,
  about: { reference_id: id },
});

export const wantedRow = ({ subject_id, words }: Today["references_wanted"][number]): Row => ({
  id: subject_id,
  path: `/references/new?subject=${subject_id}`,
  title: words,
  about: { subject_id },
});

export const noticeRow = ({ id, path, title }: NoticeOut): Row => ({
  id,
  path: path && `/${path}`,
  title,
  about: { id },
});

export const taskRow = ({ id, key, title }: Task): Row => ({
  id,
  path: `/tasks/${key}`,
  title,
  about: {},
});

export const newsRow = (line: NewsLine): Row => ({
  id: `news ${pathOf(line)}`,
  path: pathOf(line),
  title: titleOfNews(line),
  about: {},
});

export function titleOfNews({ task, decision, topic, project }: NewsLine): string {
  return (task ?? decision)?.title ?? topic?.title ?? project?.name ?? t.workspace;
}

/** My notices that belong to a row. Where it isn't a notice itself, they ask me for something. */
export function noticesOf(notices: Iterable<Notice>, { about }: Row): Notice[] {
  const { id, ...asked } = about;
  if (id !== undefined) return [...notices].filter((notice) => notice.id === id);
  const fields = (Object.keys(asked) as (keyof typeof asked)[]).filter(
    (field) => asked[field] !== null,
  );
  return [...notices].filter(
    (notice) => notice.needs_you && fields.some((field) => notice[field] === asked[field]),
  );
}
