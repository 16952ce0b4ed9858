import { UserRoundPlus, X } from "lucide";
import type { Member } from "../../live/documents";
import { Avatar } from "../people/avatar";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { Picker } from "../ui/picker";
import type { Asked } from "./recipients";
import type { Asking, Gate } from "./ask-preview";
import { dueLineWords, standingWords } from "./ask-preview-words";

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
