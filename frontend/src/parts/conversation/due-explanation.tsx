import common from "locale:common";
import t from "locale:conversation";
import { minute } from "../../api/clock";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { timerKindWords } from "../data/timer-kinds";
import { useLoaded } from "../data/loaded";
import { clockOf, dateTimeWords, durationWords } from "../time/times";
import { zoneName } from "../time/zones";
import { LoadStatus } from "../data/load-status";
import { stepWords } from "./ask-preview-words";

type Explanation = components["schemas"]["ExplanationOut"];
type Stretch = components["schemas"]["Stretch"];

interface Props {
  timerId: string;
  /** The running timer's revision. The explanation is loaded again when it changes. */
  rev: number | undefined;
  /** The recipient's name. */
  name: string;
}

/** Explains why an answer is due when it is, in the recipient's local time. */
export function DueExplanation({ timerId, rev, name }: Props) {
  const here = useWorkspace();
  const path = "/api/workspaces/{workspace}/timers/{timer_id}/explanation";
  const params = here.pathParams({ timer_id: timerId });
  const explanation = useLoaded(() => answer(api.GET(path, { params })), [timerId, rev]);
  return (
    <section class="why" aria-label={t.whyThisTime}>
      <LoadStatus of={explanation} rows={2} />
      {explanation.data.value && <ExplanationDetails why={explanation.data.value} name={name} />}
    </section>
  );
}

function ExplanationDetails({ why, name }: { why: Explanation; name: string }) {
  const kind = timerKindWords(why.clause);
  const duration = durationWords(why.allowance_s * 1000);
  return (
    <>
      <p>{t.answerTime({ kind, duration, name, version: String(why.agreement_version) })}</p>
      <p>{t.timesIn({ name, city: zoneName(why.zone) })}</p>
      <dl class="why-times">
        <dt>{t.sentAt}</dt>
        <dd>{dateTimeWords(why.sent.local)}</dd>
        {why.first_check && (
          <>
            <dt>{t.firstCheck}</dt>
            <dd>
              {dateTimeWords(why.first_check.local)}
              <span class="quiet">{why.first_check_reason}</span>
            </dd>
          </>
        )}
        {why.intervals.length > 0 && (
          <>
            <dt>{t.counted}</dt>
            <dd>
              <ul>
                {why.intervals.map((interval) => (
                  <li key={interval.start.at}>{stretchWords(interval)}</li>
                ))}
              </ul>
            </dd>
          </>
        )}
        {why.pauses.length > 0 && (
          <>
            <dt>{t.paused}</dt>
            <dd>
              <ul>
                {why.pauses.map((pause) => (
                  <li key={pause.start.at}>{pauseWords(pause)}</li>
                ))}
              </ul>
            </dd>
          </>
        )}
        <dt>{t.due}</dt>
        <dd>
          {why.due ? dateTimeWords(why.due.local) : t.noDueTime}
          <span class="quiet">{why.due_reason}</span>
        </dd>
        {why.escalation.length > 0 && (
          <>
            <dt>{t.ifNoOneAnswers}</dt>
            <dd>
              <ul>
                {why.escalation.map((step) => (
                  <li key={step.to}>{escalationWords(step, minute.value)}</li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

/** `Project lead · Noor (Tue 11:00 in Dubai)`, or why no one is asked. */
function escalationWords(step: Explanation["escalation"][number], now: number): string {
  const who = common.stepKind({ to: step.to });
  const words = stepWords(step, now);
  if (!words) return t.stepSkipped({ who, reason: step.reason ?? "" });
  return step.timer_id ? t.stepTaken({ who, step: words }) : t.stepFor({ who, step: words });
}

/** `Fri 22 May 10:30 to Fri 22 May 11:00 · Waiting for the bank`. */
function pauseWords({ start, end, reason }: Explanation["pauses"][number]): string {
  const begun = dateTimeWords(start.local);
  if (!end) return t.pausedUntilNow({ start: begun, reason });
  return t.pausedFromTo({ start: begun, end: dateTimeWords(end.local), reason });
}

/** `Fri 22 May 10:30 to 14:30 · 4 h`. */
function stretchWords({ start, end }: Stretch): string {
  const sameDay = start.local.slice(0, 10) === end.local.slice(0, 10);
  const length = durationWords(Date.parse(end.at) - Date.parse(start.at));
  const ended = sameDay ? clockOf(end.local) : dateTimeWords(end.local);
  return t.stretch({ start: dateTimeWords(start.local), end: ended, length });
}
