import t from "locale:today";
import { minute } from "../../api/clock";
import { Avatar } from "../../parts/people/avatar";
import { localNow, timeWords } from "../../parts/time/times";
import { zoneName } from "../../parts/time/zones";
import { HandedOver, StandingChip, titleOf } from "./ask-row";
import type { Desk } from "./desk";
import type { AskLine } from "./ask-status";
import { RowFrame } from "./row-frame";
import { waitingRow } from "./rows";

/** Someone whom I asked, and by when they answer: on their clock and on mine. */
export function WaitingRow({ line, desk }: { line: AskLine; desk: Desk }) {
  const { recipient, timer } = line;
  return (
    <RowFrame
      row={waitingRow(line)}
      desk={desk}
      chip={<StandingChip line={line} today={desk.today} />}
      title={titleOf(line)}
    >
      <p class="ask-line">
        <Avatar of={recipient} />
        <span class="ellipsis">
          <span class="who">{recipient.name}</span> {line.excerpt}
        </span>
      </p>
      <p class="facts">
        {timer.urgent && <strong>{t.urgent}</strong>}
        <HandedOver line={line} />
        {timer.follows && <span>{t.promised}</span>}
        {timer.pause_reason && <span>{t.pausedWhy({ reason: timer.pause_reason })}</span>}
        <span>{dueWords(line, minute.value)}</span>
      </p>
    </RowFrame>
  );
}

/** `Due tomorrow 11:00 in New York (tomorrow 18:00 for you)`; `Due 18:00` on one clock. */
function dueWords({ due, timer }: AskLine, now: number): string {
  if (!due) return t.noWorkingTime;
  const isPast = timer.paused_at || Date.parse(due.at) <= now ? "yes" : "no";
  const when = timeWords(due.theirs, localNow(due.at, due.theirs, now));
  const yours = timeWords(due.yours, localNow(due.at, due.yours, now));
  const place = zoneName(timer.zone);
  return due.theirs === due.yours
    ? t.due({ isPast, when })
    : t.dueInAndForYou({ isPast, when, place, yours });
}
