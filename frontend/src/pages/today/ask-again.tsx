import t from "locale:today";
import type { NoticeOut } from "../../parts/notices/requests";
import { useWorkspace } from "../../live/workspace";
import { Composer } from "../../parts/conversation/composer";
import { useDraft } from "../../parts/form/draft";
import type { Desk } from "./desk";

interface Props {
  /** The id of the notice of the answer. */
  notice: string;
  topic: NonNullable<NoticeOut["topic"]>;
  to: NonNullable<NoticeOut["actor"]>;
  desk: Desk;
}

/** Asks the person who answered again, in the same topic. */
export function AskAgain({ notice, topic, to, desk }: Props) {
  const here = useWorkspace();
  const field = `again:${notice}`;
  const draft = useDraft(field, `@${to.handle} `);
  return (
    <div class="ask-more">
      <Composer
        draft={draft}
        field={field}
        label={t.askAgainNamed({ name: to.name })}
        placeholder={t.askSomeone({ name: to.name })}
        action={t.ask}
        place={{ topic: topic.id }}
        path={`/api/workspaces/${here.slug}/topics/${topic.id}/messages`}
        where={topic.id}
        topic={here.live.one("topics", topic.id).value}
        sent={(answered) => void answered.then(desk.done)}
        autofocus
        cancel={() => desk.keys.toggle(notice, "again")}
      />
    </div>
  );
}
