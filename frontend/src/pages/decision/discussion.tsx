import { useWorkspace } from "../../live/workspace";
import { Conversation } from "../../parts/conversation/conversation";
import { Section } from "../../parts/ui/facts";
import type { DecisionProps } from "./data";

/** The discussion. A comment doesn't count as input. */
export function Discussion({ decision }: DecisionProps) {
  const topic = useWorkspace().live.one("topics", decision.topic_id).value;
  if (!topic) return null;
  return (
    <Section id="discussion" title="Discussion">
      <Conversation
        topic={topic}
        label={`Comment on ${decision.key}`}
        action="Comment"
        empty="Nobody has said anything yet. Questions and answers go here; who is asked answers above."
      />
    </Section>
  );
}
