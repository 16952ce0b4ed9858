import t from "locale:decision";
import { useWorkspace } from "../../live/workspace";
import { Conversation } from "../../parts/conversation/conversation";
import { Section } from "../../parts/ui/facts";
import type { DecisionProps } from "./data";

/** The discussion. A comment doesn't count as input. */
export function Discussion({ decision }: DecisionProps) {
  const topic = useWorkspace().live.one("topics", decision.topic_id).value;
  if (!topic) return null;
  return (
    <Section id="discussion" title={t.discussion}>
      <Conversation
        topic={topic}
        label={t.commentOn({ key: decision.key })}
        action={t.commentAction}
        empty={t.noComments}
      />
    </Section>
  );
}
