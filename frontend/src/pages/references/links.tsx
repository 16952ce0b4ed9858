import { useBoard, useWorkspace } from "../../live/workspace";
import { historyWords, timesWords } from "../../parts/data/explanations";
import { Section } from "../../parts/ui/facts";
import type { ReferenceOut } from "./data";

/** Where one finds links to it. */
export function LinkedFrom({ reference }: { reference: ReferenceOut }) {
  const here = useWorkspace();
  const { linked_from, linked_from_references } = reference;
  if (linked_from.length + linked_from_references.length === 0) return null;
  return (
    <Section id="linked-from" title="Linked from">
      <ul class="panel rows" aria-label="Linked from">
        {linked_from.map(({ topic, task, decision, project }) => (
          <li key={topic.id}>
            <a
              class="main"
              href={here.pageUrl(
                task
                  ? `/tasks/${task.key}`
                  : decision
                    ? `/decisions/${decision.key}`
                    : `/topics/${topic.id}`,
              )}
            >
              {(task ?? decision) && <span class="code quiet">{(task ?? decision)?.key} </span>}
              {(task ?? decision ?? topic).title}
            </a>
            {project && <span class="quiet">{project.name}</span>}
          </li>
        ))}
        {linked_from_references.map(({ id, title }) => (
          <li key={id}>
            <a class="main" href={here.pageUrl(`/references/${id}`)}>
              {title}
            </a>
            <span class="quiet">Reference</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What it was written for, and how often it was explained all the same since. */
export function Answers({ reference }: { reference: ReferenceOut }) {
  const here = useWorkspace();
  const board = useBoard();
  const { explanations, created_at } = reference;
  if (explanations.length === 0) return null;
  const since = explanations.filter(({ explained_at }) => explained_at > created_at).length;
  return (
    <Section id="answers" title="What it answers">
      <p class="quiet">
        Explained {timesWords(explanations.length - since)} before it was written
        {since > 0 && `, and ${timesWords(since)} since`}.
      </p>
      <ul class="panel rows" aria-label="What it answers">
        {explanations.map((each) => (
          <li key={each.id}>
            <span class="main">{each.words}</span>
            <span class="quiet">{historyWords([each], board)}</span>
            {each.topic_id && (
              <a href={here.pageUrl(`/topics/${each.topic_id}`)}>
                <span class="unseen">It came up in </span>
                {board.topics.get(each.topic_id)?.title ?? "A conversation"}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
