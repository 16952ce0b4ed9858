/** What a notice tells, in a few words. */

import common from "locale:common";
import t from "locale:today";
import type { NoticeOut } from "../../parts/notices/requests";
import { durationWords, localNow, timeWords } from "../../parts/time/times";

type Worded = Pick<NoticeOut, "kind" | "actor" | "due">;

/** `Kenji Mori promised an answer by tomorrow 09:00`. */
export function noticeWords({ kind, actor, due }: Worded, now: number): string {
  const name = actor?.name ?? common.someone;
  switch (kind) {
    case "promised":
      return due
        ? t.promisedBy({ name, when: timeWords(due.yours, localNow(due.at, due.yours, now)) })
        : t.promisedSometime({ name });
    case "breached":
      return t.answerOverdue;
    case "assigned":
      return t.assignedBy({ name });
    case "mentioned":
      return t.mentionedBy({ name });
    case "decision_decided":
      return t.decidedByName({ name });
    case "project_update":
      return t.updateBy({ name });
    default:
      return t.noticeKind({ kind });
  }
}

const MINUTE_S = 60;

/** `Answered in 2 h 10 min of working time`. */
export const answeredWords = (seconds: number): string =>
  seconds < MINUTE_S
    ? t.answeredAtOnce
    : t.answeredIn({ duration: durationWords(seconds * 1000) });
