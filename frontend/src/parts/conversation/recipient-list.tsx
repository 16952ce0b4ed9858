import t from "locale:conversation";
import { UserRoundPlus, X } from "lucide";
import type { Member } from "../../live/documents";
import { Avatar } from "../people/avatar";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { Picker } from "../ui/picker";
import type { Recipients } from "./recipients";
import type { Preview, AskPreview } from "./ask-preview";
import { dueLineWords, availabilityWords, nextInLineWords } from "./ask-preview-words";
import { memberOption } from "../people/member-option";
import { problemWords } from "../data/edit-outcome";

interface Props {
  recipients: Recipients;
  askPreview: AskPreview;
}

/** The recipients, with their local time and when their answer would be due. */
export function RecipientList({ recipients, askPreview }: Props) {
  const members = recipients.members.value;
  if (members.length === 0) return null;
  const problem = askPreview.problem.value;
  return (
    <div class="recipients">
      <ul aria-label={t.peopleYouAsk}>
        {members.map((member) => (
          <li key={member.id}>
            <Avatar of={member} />
            <span class="strong">{member.name}</span>
            <span class="grow quiet recipient-facts">{factsOf(askPreview.preview.value, member)}</span>
            <IconButton
              icon={X}
              label={t.dontAsk({ name: member.name })}
              onClick={() => recipients.remove(member.id)}
            />
            <NextInLine line={lineOf(askPreview.preview.value, member)} />
          </li>
        ))}
      </ul>
      {problem && (
        <p class="quiet" role="status">
          {t.dueTimesUnknown({ reason: problemWords(problem) })}
        </p>
      )}
    </div>
  );
}

const lineOf = (preview: Preview | null, { id }: Member) =>
  preview?.recipients.find(({ member_id, covers }) => member_id === id || covers.includes(id));

/** Whom the question goes to if no one answers, and when. */
function NextInLine({ line }: { line: ReturnType<typeof lineOf> }) {
  const words = line && nextInLineWords(line);
  return words ? <span class="quiet next-in-line">{words}</span> : null;
}

function factsOf(preview: Preview | null, member: Member) {
  const line = lineOf(preview, member);
  if (!line) return null;
  const facts = `${availabilityWords(line)} · ${dueLineWords(line)}`;
  return line.member_id === member.id ? facts : `${t.askedInstead({ name: line.name })} · ${facts}`;
}

/** A picker for recipients. */
export function AskPicker({ recipients, all }: { recipients: Recipients; all: () => readonly Member[] }) {
  const chosen = new Set(recipients.members.value.map(({ id }) => id));
  return (
    <Picker
      label={t.askSomeone}
      class="button quiet small"
      many
      chosen={chosen}
      options={() => all().map(memberOption)}
      onPick={(id) => (chosen.has(id) ? recipients.remove(id) : recipients.add(id))}
    >
      <Icon of={UserRoundPlus} size={14} />
      {t.ask}
    </Picker>
  );
}
