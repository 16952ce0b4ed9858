import { UserRound } from "lucide";
import t from "locale:decision";
import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { Person } from "../../parts/people/avatar";
import { Fact, Facts } from "../../parts/ui/facts";
import { Icon } from "../../parts/ui/icon";
import { dateTimeWords, dateWords, durationWords, localDate } from "../../parts/time/times";
import { list } from "../../text/format";
import type { Change } from "./change";
import { PublicMark } from "./public-mark";
import type { DecisionProps } from "./data";
import { DeciderPicker } from "./stakeholders";

const MEETINGS = [15, 30, 45, 60, 90, 120];

interface Props extends DecisionProps {
  canEdit: boolean;
  change: Change;
}

/** Who proposes and decides, by when, and what meeting it stands for. */
export function DecisionFacts({ decision, canEdit, change }: Props) {
  const isAsked = (id: string) => decision.stakeholders.some(({ member_id }) => member_id === id);
  const isOpen = decision.status === "open";
  const isDraft = decision.status === "draft";
  return (
    <Facts label={t.fields} canEdit={canEdit}>
      <Fact name={t.proposedBy}>
        <Who id={decision.proposed_by} />
      </Fact>
      {!(isDraft && canEdit) && (
        <>
          <Fact name={t.decider}>
            {isOpen && canEdit ? (
              <DeciderPicker
                class="fact-button"
                decision={decision}
                change={change}
                isTaken={isAsked}
              />
            ) : (
              <Who id={decision.decided_by ?? decision.decider_id} />
            )}
          </Fact>
          {isDraft && <Asked decision={decision} />}
          <Due decision={decision} />
        </>
      )}
      <DecidedOn decision={decision} />
      {isDraft && <Meeting decision={decision} change={change} />}
      <PublicMark decision={decision} />
    </Facts>
  );
}

function Who({ id }: { id: string | null }) {
  const { live } = useWorkspace();
  const member = live.one("members", id ?? "").value;
  return (
    <span class="fact-text">
      {member ? <Person of={member} /> : <Icon of={UserRound} />}
      {!member && <span class="quiet">{t.notSet}</span>}
    </span>
  );
}

/** The deadline on my clock, and how far away it is while it counts. */
function Due({ decision: { status, closed_at, input_due_at, input_due_local } }: DecisionProps) {
  if (!input_due_at || !input_due_local) return null;
  const left = Date.parse(input_due_at) - minute.value;
  const isRunning = status === "open" && !closed_at && left > 0;
  return (
    <Fact name={t.inputDue}>
      <span class="fact-text">
        {dateTimeWords(input_due_local)}
        {isRunning && <span class="quiet">{t.timeLeft({ duration: durationWords(left) })}</span>}
      </span>
    </Fact>
  );
}

/** The people whom a draft would ask, for readers who can't edit it. */
function Asked({ decision: { stakeholders } }: DecisionProps) {
  const { live } = useWorkspace();
  const names = stakeholders.flatMap(({ member_id }) => live.one("members", member_id).value ?? []);
  return (
    <Fact name={t.asked}>
      <span class="fact-text">{list(names.map(({ name }) => name)) || t.noOneYet}</span>
    </Fact>
  );
}

/** The day of the reader's own calendar, or the one that the source of an imported one gives. */
function DecidedOn({ decision: { decided_at, decided_on } }: DecisionProps) {
  const day = decided_at ? localDate(decided_at) : decided_on;
  if (!day) return null;
  return (
    <Fact name={t.decidedOn}>
      <span class="fact-text">{dateWords(day, localDate(minute.value))}</span>
    </Fact>
  );
}

function Meeting({ decision, change }: Omit<Props, "canEdit">) {
  const minutes = decision.figures?.meeting_minutes;
  if (minutes === undefined) return null;
  const choices = MEETINGS.includes(minutes) ? MEETINGS : [...MEETINGS, minutes];
  return (
    <Fact name={t.replaces}>
      <select
        class="fact-button"
        aria-label={t.meetingReplaced}
        value={String(minutes)}
        onChange={({ currentTarget }) =>
          void change("figures", { meeting_minutes: Number(currentTarget.value) })
        }
      >
        {choices.map((choice) => (
          <option key={choice} value={choice} selected={choice === minutes}>
            {t.meetingOf({ minutes: choice })}
          </option>
        ))}
      </select>
    </Fact>
  );
}
