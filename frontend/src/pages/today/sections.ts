/** What Today shows, in its order: sections of rows, without what is snoozed. */

import type { Notice, Task } from "../../live/documents";
import { isSnoozed } from "../../live/inbox";
import type { NoticeOut } from "../../parts/notices/requests";
import type { Inbox, Today } from "./data";
import { myTasks } from "./my-tasks";
import {
  askRow,
  newsRow,
  noticeRow,
  noticesOf,
  recordRow,
  referenceRow,
  reviewRow,
  type Row,
  signatureRow,
  taskRow,
  waitingRow,
  wantedRow,
} from "./rows";

type NeedsYou = Pick<
  Today,
  | "needs_you"
  | "signatures"
  | "decisions_to_read"
  | "reviews_due"
  | "references_due"
  | "references_wanted"
>;

export interface Sections {
  today: Today;
  needs: NeedsYou;
  answered: readonly NoticeOut[];
  tasks: readonly Task[];
  told: readonly NoticeOut[];
  news: Today["since_you_left"]["lines"];
  snoozed: readonly NoticeOut[];
}

/** What the sections are made of, beside Today itself. */
export interface Sources {
  inbox: Inbox | null;
  notices: Iterable<Notice>;
  tasks: Iterable<Task>;
  me: string;
  now: number;
}

export function sectionsOf(today: Today, { inbox, notices, tasks, me, now }: Sources): Sections {
  const open = [...notices];
  const shown = <T>(list: readonly T[], rowOf: (of: T) => Row): T[] =>
    list.filter((each) => !isPutOff(noticesOf(open, rowOf(each)), now));
  const told = inbox?.told ?? [];
  const since = today.since_you_left.looked_at;
  const isFresh = ({ read_at, at }: NoticeOut) =>
    !read_at || !since || Date.parse(at) > Date.parse(since);
  const needs = {
    needs_you: shown(today.needs_you, askRow),
    signatures: shown(today.signatures, signatureRow),
    decisions_to_read: shown(today.decisions_to_read, recordRow),
    reviews_due: shown(today.reviews_due, reviewRow),
    references_due: shown(today.references_due, referenceRow),
    references_wanted: shown(today.references_wanted, wantedRow),
  };
  const rest = told.filter((each) => each.kind !== "answered" && !each.needs_you && isFresh(each));
  const topics = new Set(
    [...today.needs_you, ...today.waiting_for, ...told].map(({ topic }) => topic?.id),
  );
  return {
    today,
    needs,
    answered: told.filter(({ kind }) => kind === "answered"),
    tasks: myTasks(tasks, me),
    told: rest,
    news: today.since_you_left.lines.filter(({ topic }) => !topic || !topics.has(topic.id)),
    snoozed: inbox?.snoozed ?? [],
  };
}

/** A row is put off while all of its notices are snoozed. */
const isPutOff = (notices: readonly Notice[], now: number): boolean =>
  notices.length > 0 && notices.every((notice) => isSnoozed(notice, now));

/** The rows that ask me for something, from top to bottom. */
export const rowsOfNeeds = (needs: NeedsYou): Row[] => [
  ...needs.needs_you.map(askRow),
  ...needs.signatures.map(signatureRow),
  ...needs.decisions_to_read.map(recordRow),
  ...needs.reviews_due.map(reviewRow),
  ...needs.references_due.map(referenceRow),
  ...needs.references_wanted.map(wantedRow),
];

/** All rows from top to bottom. Snoozed ones are folded away at the end. */
export const rowsOf = (sections: Sections): Row[] => [
  ...rowsOfNeeds(sections.needs),
  ...sections.answered.map(noticeRow),
  ...sections.today.waiting_for.map(waitingRow),
  ...sections.tasks.map(taskRow),
  ...sections.told.map(noticeRow),
  ...sections.news.map(newsRow),
];

/** Whether nothing asks me for anything, and I have read what I was told. */
export const isCaughtUp = ({ needs, answered, told }: Sections): boolean =>
  rowsOfNeeds(needs).length === 0 &&
  answered.length === 0 &&
  told.every(({ read_at }) => read_at !== null);
