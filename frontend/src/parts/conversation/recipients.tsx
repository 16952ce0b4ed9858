import type { Signal } from "@preact/signals";
import { UserRoundPlus, X } from "lucide";
import type { Member } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Avatar } from "../avatar";
import { Button, IconButton } from "../button";
import { Icon } from "../icon";
import { Notice } from "../notice";
import { Picker } from "../picker";
import { whenWords } from "../times";
import type { Asked } from "./asked";
import type { Asking, Gate } from "./gate";
import { dueLineWords, needingReason, standingWords } from "./gate-words";

interface Props {
  asked: Asked;
  gate: Gate;
}

/** Who is asked: each with their hour, and when their answer would be due on both clocks. */
export function Recipients({ asked, gate }: Props) {
  const members = asked.members.value;
  if (members.length === 0) return null;
  const problem = gate.problem.value;
  return (
    <div class="recipients">
      <ul aria-label="Who will be asked">
        {members.map((member) => (
          <li key={member.id}>
            <Avatar of={member} />
            <span class="strong">{member.name}</span>
            <span class="grow quiet recipient-facts">{factsOf(gate.asking.value, member)}</span>
            <IconButton
              icon={X}
              label={`Do not ask ${member.name}`}
              onClick={() => asked.remove(member.id)}
            />
          </li>
        ))}
      </ul>
      {problem && (
        <p class="quiet" role="status">
          When their answers would be due cannot be said now. {problem.title}{" "}
          {problem.errors?.map(({ reason }) => reason).join(", ")}
        </p>
      )}
    </div>
  );
}

function factsOf(asking: Asking | null, member: Member) {
  const line = asking?.recipients.find(
    ({ member_id, covers }) => member_id === member.id || covers.includes(member.id),
  );
  if (!line) return null;
  const facts = `${standingWords(line)}; ${dueLineWords(line)}`;
  return line.member_id === member.id ? facts : `is away: ${line.name} is asked. ${facts}`;
}

/** Chooses somebody to ask. */
export function AskPicker({ asked, all }: { asked: Asked; all: () => readonly Member[] }) {
  const chosen = new Set(asked.members.value.map(({ id }) => id));
  return (
    <Picker
      label="Ask somebody"
      class="button quiet small"
      many
      chosen={chosen}
      options={() =>
        all().map((member) => ({
          value: member.id,
          name: member.name,
          words: member.handle,
          mark: <Avatar of={member} />,
        }))
      }
      onPick={(id) => (chosen.has(id) ? asked.remove(id) : asked.add(id))}
    >
      <Icon of={UserRoundPlus} size={14} />
      Ask
    </Picker>
  );
}

interface UrgentProps {
  asked: Asked;
  asking: Asking | null;
  reason: Signal<string>;
  /** One tried to send it without a reason. */
  complain: boolean;
}

/** Somebody who is off is asked urgently only for a reason; others may be there. */
export function UrgentReason({ asked, asking, reason, complain }: UrgentProps) {
  const { live } = useWorkspace();
  const away = needingReason(asking);
  if (!asking || away.length === 0) return null;
  const instead = (id: string) => {
    for (const { member_id } of away) asked.remove(member_id);
    asked.add(id);
  };
  return (
    <Notice kind="warn" says={away.map(awayWords)}>
      <div class="urgent-reason">
        <label>
          <span class="strong">Why can it not wait?</span>
          <input
            class="input"
            name="urgent_reason"
            value={reason.value}
            maxLength={500}
            required
            aria-invalid={complain && !reason.value.trim()}
            onInput={({ currentTarget }) => (reason.value = currentTarget.value)}
          />
        </label>
        {complain && !reason.value.trim() && (
          <p class="refused" role="alert">
            Say why it cannot wait; everybody sees it on the message.
          </p>
        )}
        {asking.working_now.length > 0 && (
          <p class="instead">
            <span>Working now:</span>
            {asking.working_now.slice(0, 4).map(({ member_id, name, in_focus }) => (
              <Button key={member_id} small onClick={() => instead(member_id)}>
                Ask {live.one("members", member_id).value?.name ?? name} instead
                {in_focus && " (in a focus block)"}
              </Button>
            ))}
          </p>
        )}
      </div>
    </Notice>
  );
}

/** `Sam is off until Tue 09:00 their time (Tue 16:00 yours).` */
function awayWords({ name, next_start, now }: Asking["recipients"][number]): string {
  if (!next_start) return `${name} is off.`;
  const theirs = whenWords(next_start.theirs, now.theirs);
  const yours = whenWords(next_start.yours, now.yours);
  return `${name} is off until ${theirs} their time (${yours} yours). Without urgency they answer then.`;
}
