import t from "locale:dialogs";
import { useSignal } from "@preact/signals";
import { UserRoundPlus, X } from "lucide";
import type { components } from "../api/schema";
import type { Board, Member, Topic } from "../live/documents";
import { useBoard, useWorkspace } from "../live/workspace";
import { Avatar } from "../parts/people/avatar";
import { IconButton } from "../parts/ui/button";
import { Composer } from "../parts/conversation/composer";
import { Dialog } from "../parts/ui/dialog";
import { useDraft } from "../parts/form/draft";
import { Icon } from "../parts/ui/icon";
import { Picker } from "../parts/ui/picker";
import { toast } from "../parts/ui/toast";
import "./compose.css";
import { list } from "../text/format";
import { navigate } from "../router/router";
import { memberOption } from "../parts/people/member-option";

interface Props {
  to: readonly string[];
  close: () => void;
}

/** The dialog for a new message: first its recipients, then the message. */
export default function ComposeForm({ to, close }: Props) {
  const here = useWorkspace();
  const board = useBoard();
  const chosen = useSignal<readonly string[]>(to);
  const draft = useDraft("new-message");
  const people = chosen.value
    .map((id) => board.members.get(id))
    .filter((member) => member !== undefined);
  const known = conversationOf(board, chosen.value);
  const toggle = (id: string) => {
    const others = chosen.peek().filter((other) => other !== id);
    chosen.value = others.length < chosen.peek().length ? others : [...others, id];
  };
  const open = (id: string) => {
    close();
    navigate(here.pageUrl(`/topics/${id}`));
  };
  const sent = (answered: Promise<unknown>) => {
    const isLive = here.live.status.peek() === "live";
    if (known) return open(known.id);
    if (!isLive) {
      toast(t.messageQueued);
      return close();
    }
    void answered.then((topic) => open((topic as components["schemas"]["TopicOut"]).id));
  };
  return (
    <Dialog title={t.newMessage} close={close} wide>
      <div class="compose">
        <RecipientPicker people={people} board={board} toggle={toggle} />
        {known && (
          <p class="quiet">
            {t.continuesIn({
              conversation: <a href={here.pageUrl(`/topics/${known.id}`)} onClick={close}>{known.title}</a>,
            })}
          </p>
        )}
        {people.length > 0 ? (
          <Composer
            key={chosen.value.join()}
            draft={draft}
            field="new-message"
            label={t.message}
            placeholder={t.writeTo({ names: list(people.map(({ name }) => name)) })}
            action={t.send}
            place={known ? { topic: known.id } : {}}
            path={`/api/workspaces/${here.slug}${known ? `/topics/${known.id}/messages` : "/direct-topics"}`}
            where={known?.id ?? "direct"}
            topic={known ?? placeholderTopic(board, chosen.value)}
            extra={() => (known ? {} : { participants: chosen.peek() })}
            sent={sent}
            cancel={close}
            autofocus
          />
        ) : (
          <p class="quiet">{t.noRecipients}</p>
        )}
      </div>
    </Dialog>
  );
}

interface ToProps {
  people: readonly Member[];
  board: Board;
  toggle: (id: string) => void;
}

function RecipientPicker({ people, board, toggle }: ToProps) {
  return (
    <div class="to">
      <span class="quiet">{t.to}</span>
      <ul aria-label={t.to}>
        {people.map((member) => (
          <li key={member.id} class="chip">
            <Avatar of={member} />
            {member.name}
            <IconButton icon={X} label={t.removeRecipient({ name: member.name })} onClick={() => toggle(member.id)} />
          </li>
        ))}
      </ul>
      <Picker
        label={t.addRecipients}
        class="button small"
        many
        chosen={new Set(people.map(({ id }) => id))}
        options={() => memberOptions(board)}
        onPick={toggle}
      >
        <Icon of={UserRoundPlus} size={14} />
        {t.addRecipients}
      </Picker>
    </div>
  );
}

function memberOptions({ members, me }: Board) {
  return [...members.values()]
    .filter(({ id, disabled_at }) => !disabled_at && id !== me.member_id)
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(memberOption);
}

/** The latest open conversation between these people and me. */
function conversationOf(
  { topics, me }: Pick<Board, "topics" | "me">,
  people: readonly string[],
): Topic | undefined {
  const all = new Set([...people, me.member_id]);
  return [...topics.values()]
    .filter(({ kind, resolved_at }) => kind === "direct" && !resolved_at)
    .filter(({ participants }) => participants.length === all.size)
    .filter(({ participants }) => participants.every((id) => all.has(id)))
    .sort((a, b) => (b.last_message_at ?? "").localeCompare(a.last_message_at ?? ""))[0];
}

/** A placeholder for the new conversation. Only these people can be asked in it. */
function placeholderTopic({ me }: Board, people: readonly string[]): Topic {
  return { kind: "direct", project_id: null, participants: [...people, me.member_id] } as unknown as Topic;
}
