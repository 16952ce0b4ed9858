import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { timerKindWords } from "../data/timer-kinds";
import { useLoaded } from "../data/loaded";
import { clockOf, dateTimeWords, durationWords } from "../time/times";
import { zoneName } from "../time/zones";
import { LoadStatus } from "../data/load-status";

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
    <section class="why" aria-label="Why this time">
      <LoadStatus of={explanation} rows={2} />
      {explanation.data.value && <ExplanationDetails why={explanation.data.value} name={name} />}
    </section>
  );
}

function ExplanationDetails({ why, name }: { why: Explanation; name: string }) {
  return (
    <>
      <p>
        {timerKindWords(why.clause)}: {durationWords(why.allowance_s * 1000)} of {name}’s working time
        (version {why.agreement_version} of the agreement). Times here are on {name}’s clock, in{" "}
        {zoneName(why.zone)}.
      </p>
      <dl class="why-times">
        <dt>Sent</dt>
        <dd>{dateTimeWords(why.sent.local)}</dd>
        {why.first_check && (
          <>
            <dt>First check</dt>
            <dd>
              {dateTimeWords(why.first_check.local)}
              <span class="quiet">{why.first_check_reason}</span>
            </dd>
          </>
        )}
        {why.intervals.length > 0 && (
          <>
            <dt>Counted</dt>
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
            <dt>Paused</dt>
            <dd>
              <ul>
                {why.pauses.map(({ start, end, reason }) => (
                  <li key={start.at}>
                    {dateTimeWords(start.local)} {end ? `to ${dateTimeWords(end.local)}` : "until now"}: {reason}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        <dt>Due</dt>
        <dd>
          {why.due ? dateTimeWords(why.due.local) : "Never"}
          <span class="quiet">{why.due_reason}</span>
        </dd>
      </dl>
    </>
  );
}

/** `Fri 22 May 10:30 to 14:30: 4 h`. */
function stretchWords({ start, end }: Stretch): string {
  const sameDay = start.local.slice(0, 10) === end.local.slice(0, 10);
  const length = durationWords(Date.parse(end.at) - Date.parse(start.at));
  return `${dateTimeWords(start.local)} to ${sameDay ? clockOf(end.local) : dateTimeWords(end.local)}: ${length}`;
}
