import t from "locale:references";
import common from "locale:common";
import { useBoard, useWorkspace } from "../../live/workspace";
import { historyWords } from "../../parts/data/explanations";
import { Section } from "../../parts/ui/facts";
import type { ReferenceOut } from "./data";
import { unseen } from "../../parts/ui/tags";

/** What links to the reference. */
export function LinkedFrom({ reference }: { reference: ReferenceOut }) {
  const here = useWorkspace();
  const { linked_from, linked_from_references } = reference;
  if (linked_from.length + linked_from_references.length === 0) return null;
  return (
    <Section id="linked-from" title={t.linkedFrom}>
      <ul class="panel rows" aria-label={t.linkedFrom}>
        {linked_from.map(({ topic, task, decision, project }) => (
          <li key={topic.id}>
            <a
              class="main"
              dir="auto"
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
            <a class="main" dir="auto" href={here.pageUrl(`/references/${id}`)}>
              {title}
            </a>
            <span class="quiet">{common.reference}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The explanations it replaces, and how often people explained it again since. */
export function Answers({ reference }: { reference: ReferenceOut }) {
  const here = useWorkspace();
  const board = useBoard();
  const { explanations, created_at } = reference;
  if (explanations.length === 0) return null;
  const since = explanations.filter(({ explained_at }) => explained_at > created_at).length;
  const before = explanations.length - since;
  return (
    <Section id="answers" title={t.answers}>
      <p class="quiet">
        {since > 0 ? t.explainedBeforeAndSince({ before, since }) : t.explainedBefore({ before })}
      </p>
      <ul class="panel rows" aria-label={t.answers}>
        {explanations.map((each) => (
          <li key={each.id}>
            <span class="main">{each.words}</span>
            <span class="quiet">{historyWords([each], board)}</span>
            {each.topic_id && (
              <a href={here.pageUrl(`/topics/${each.topic_id}`)}>
                {t.cameUpIn({
                  unseen,
                  topic: board.topics.get(each.topic_id)?.title ?? t.aConversation,
                })}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
