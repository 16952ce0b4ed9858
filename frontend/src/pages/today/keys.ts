/** What keys do on Today: J and K move, R answers, P promises, E is done, S snoozes, U is unread. */

import { type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import t from "locale:today";
import { navigate } from "../../router/router";
import { type ListNavigation, useListNavigation } from "../../keys/list-navigation";
import { useWorkspace } from "../../live/workspace";
import { isForDecision } from "../../parts/data/timer-kinds";
import { timeWords } from "../../parts/time/times";
import { toast } from "../../parts/ui/toast";
import { pathOf } from "./address";
import type { NoticeActs, Subject } from "./acts";
import type { AskLine } from "./ask-status";
import { noticesOf, type Row } from "./rows";
import { rowsOf, type Sections } from "./sections";

/** What is open below a row. */
export interface Opened {
  id: string;
  action: "respond" | "promise" | "again" | "snooze";
}

export interface TodayKeys {
  list: ListNavigation;
  opened: Signal<Opened | null>;
  /** Open what a row offers, or close it again. */
  toggle: (id: string, action: Opened["action"]) => void;
}

/** What a decision asks is answered on its page, and no promise stands for input. */
const isAnsweredElsewhere = ({ timer }: AskLine, action: Opened["action"]): boolean =>
  action !== "snooze" &&
  (timer.kind === "decision_input" || (action === "respond" && isForDecision(timer.kind)));

export function useTodayKeys(shown: ReadonlySignal<Sections | null>, acts: NoticeActs): TodayKeys {
  const here = useWorkspace();
  const opened = useSignal<Opened | null>(null);
  const rows = () => (shown.peek() ? rowsOf(shown.peek() as Sections) : []);
  const asks = () => shown.peek()?.needs.needs_you ?? [];
  const open = (path: string) => navigate(here.pageUrl(path));
  const toggle = (id: string, action: Opened["action"]) => {
    const asked = asks().find(({ timer }) => timer.id === id);
    if (asked && isAnsweredElsewhere(asked, action)) return open(pathOf(asked));
    const isOpen = opened.peek()?.id === id && opened.peek()?.action === action;
    opened.value = isOpen ? null : { id, action };
  };
  const onRow = (run: (row: Row, subject: Subject) => void) => (id: string) => {
    const row = rows().find((each) => each.id === id);
    if (!row) return;
    const notices = noticesOf(here.live.list("notices").peek().values(), row);
    run(row, { title: row.title, notices });
  };
  const onNotices = (run: (subject: Subject) => void) =>
    onRow((_, subject) => subject.notices.length > 0 && run(subject));
  const respond = onRow(({ id }) => {
    if (asks().some(({ timer }) => timer.id === id)) toggle(id, "respond");
    else if (shown.peek()?.answered.some((answer) => answer.id === id)) toggle(id, "again");
  });
  const promise = onRow(({ id }) => {
    if (asks().some(({ timer }) => timer.id === id)) toggle(id, "promise");
  });
  const finish = onNotices((subject) => {
    if (subject.notices.some(({ needs_you }) => needs_you)) toast(t.doneWhenSettled);
    else acts.done(subject);
  });
  const snooze = onNotices((subject) => {
    const today = shown.peek()?.today;
    const next = today?.next_first_check;
    if (!next) return;
    const when = timeWords(next.local, today.now.local);
    acts.try(() => acts.snooze(subject, { next_start: true }, when));
  });
  const mark = onNotices((subject) => {
    const isNew = subject.notices.some(({ read_at }) => read_at === null);
    (isNew ? acts.read : acts.unread)(subject);
  });
  const list = useListNavigation({
    ids: () => rows().map(({ id }) => id),
    group: t.today,
    open: onRow(({ path }) => open(path)),
    actions: [
      { name: t.reply, keys: ["r"], run: respond },
      { name: t.promiseAnswer, keys: ["p"], run: promise },
      { name: t.done, keys: ["e"], run: finish, removesRow: true },
      { name: t.snoozeUntilStart, keys: ["s"], run: snooze, removesRow: true },
      { name: t.markReadOrUnread, keys: ["u"], run: mark },
    ],
  });
  return { list, opened, toggle };
}
