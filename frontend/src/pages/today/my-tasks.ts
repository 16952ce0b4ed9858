/** My open tasks, in the order of their due dates, and what is said of those. */

import t from "locale:today";
import type { Task } from "../../live/documents";
import type { Tone } from "../../parts/ui/chip";
import { dateWords } from "../../parts/time/times";

const LAST = "9999";
const DAY_MS = 86_400_000;
const DAYS = 7;

/** The open tasks that are assigned to me: by due date, those without one last. */
export function myTasks(tasks: Iterable<Task>, me: string): Task[] {
  const mine = [...tasks].filter((task) => task.assignee_id === me && task.closed_at === null);
  const order = ({ due_on, number }: Task) => `${due_on ?? LAST} ${String(number).padStart(9, "0")}`;
  return mine.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

interface Due {
  words: string;
  tone: Tone;
}

/** `Overdue since Fri 27 Nov`, `Due today`, `This week · Thu 3 Dec`, `Due Fri 12 Dec`. */
export function taskDue(due_on: string | null, today: string): Due {
  if (due_on === null) return { words: t.noDueDate, tone: "plain" };
  const date = dateWords(due_on, today);
  if (due_on < today) return { words: t.overdueSince({ date }), tone: "bad" };
  if (due_on === today) return { words: t.dueToday, tone: "warn" };
  const isSoon = due_on <= endOfWeek(today);
  return { words: isSoon ? t.dueThisWeek({ date }) : t.dueOn({ date }), tone: isSoon ? "info" : "plain" };
}

/** The Sunday of a date's week. */
function endOfWeek(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  const ahead = (DAYS - day.getUTCDay()) % DAYS;
  return new Date(day.getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
}
