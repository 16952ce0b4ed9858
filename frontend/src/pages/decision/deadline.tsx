import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import t from "locale:decision";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { now } from "../../api/clock";
import { problemIn } from "../../api/problem";
import { useMe, useTeamHours, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Section } from "../../parts/ui/facts";
import { useStableValue } from "../../parts/form/stable-input";
import { clockOf, durationWords } from "../../parts/time/times";
import type { Change } from "./change";
import { Fairness } from "./fairness";
import { inHalfHours } from "./fairness-words";
import type { WholeDecision } from "./data";

const FAIRNESS = "/api/workspaces/{workspace}/decisions/{key}/fairness";
const HOUR_MS = 3_600_000;
const AHEAD_H = [24, 36, 48];
const USUAL = "17:00";

interface Props {
  decision: WholeDecision;
  change: Change;
}

/** When input is due in my time zone, and how much working time that leaves each person. */
export function Deadline({ decision, change }: Props) {
  const set = (input_due_at: string | null) => change("input_due_at", { input_due_at });
  return (
    <Section id="deadline" title={t.inputDeadline}>
      <div class="deadline-edit">
        <WallTime decision={decision} set={set} />
        <span class="deadline-choices">
          {AHEAD_H.map((hours) => (
            <Button
              key={hours}
              small
              onClick={() => void set(inHalfHours(now() + hours * HOUR_MS))}
            >
              {t.inHours({ hours })}
            </Button>
          ))}
        </span>
      </div>
      <Fairness decision={decision} choose={(at) => void set(at)} />
    </Section>
  );
}

interface WallProps {
  decision: WholeDecision;
  set: (input_due_at: string) => Promise<void>;
}

/** A date and a time in my time zone. The server converts them to an instant. */
function WallTime({ decision, set }: WallProps) {
  const here = useWorkspace();
  const me = useMe();
  const refused = useSignal<string | null>(null);
  const date = useRef<HTMLInputElement>(null);
  const time = useRef<HTMLInputElement>(null);
  const today = useTeamHours().get(me.id)?.now.local.slice(0, 10);
  const begun = useStableValue(decision.input_due_local);
  const local = begun.value;
  const commit = async () => {
    if (!date.current?.value || !time.current?.value) return;
    const input_due_local = `${date.current.value}T${time.current.value}`;
    if (input_due_local === local?.slice(0, 16)) return;
    refused.value = null;
    const params = { ...here.pathParams({ key: decision.key }), query: { input_due_local } };
    try {
      const found = await answer(api.GET(FAIRNESS, { params }));
      if (found.input_due_at) await set(found.input_due_at);
    } catch (fault) {
      const { errors, title } = problemIn(fault);
      refused.value = errors?.[0]?.reason ?? title;
    }
  };
  const onKeyDown = ({ key }: KeyboardEvent) => key === "Enter" && void commit();
  return (
    <span class="wall-time" {...begun.focusProps}>
      <input
        key={`date ${local}`}
        ref={date}
        type="date"
        class="input"
        aria-label={common.date}
        aria-invalid={refused.value !== null}
        min={today}
        defaultValue={local?.slice(0, 10) ?? ""}
        onBlur={() => void commit()}
        onKeyDown={onKeyDown}
      />
      <input
        key={`time ${local}`}
        ref={time}
        type="time"
        class="input"
        aria-label={common.time}
        aria-invalid={refused.value !== null}
        defaultValue={local ? clockOf(local) : USUAL}
        onBlur={() => void commit()}
        onKeyDown={onKeyDown}
      />
      <span class="quiet">{aheadWords(decision.input_due_at)}</span>
      {refused.value && (
        <p class="refused" role="alert">
          {refused.value}
        </p>
      )}
    </span>
  );
}

function aheadWords(due: string | null): string {
  if (!due) return t.inYourZone;
  const left = Date.parse(due) - now();
  return left > 0 ? t.inYourZoneFromNow({ duration: durationWords(left) }) : t.deadlinePassed;
}
