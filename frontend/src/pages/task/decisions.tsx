import t from "locale:task";
import { answer, api } from "../../api/client";
import type { Task } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Chip } from "../../parts/ui/chip";
import { DecisionRow } from "../../parts/data/decision-row";
import { Section } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { useLiveLoaded } from "../../parts/data/live-loaded";

const PATH = "/api/workspaces/{workspace}/tasks/{key}/decisions";

/** The decisions that the task waits for or comes from. */
export function Decisions({ task }: { task: Task }) {
  const here = useWorkspace();
  const read = () => answer(api.GET(PATH, { params: here.pathParams({ key: task.key }) }));
  const linked = useLiveLoaded(read, /^decision\./, [task.key]);
  const found = linked.data.value ?? [];
  if (found.length === 0) return <RequestError of={linked} />;
  return (
    <Section id="decisions" title={t.decisions}>
      <ul class="panel rows" aria-label={t.decisions}>
        {found.map(({ decision, is_from_outcome }) => (
          <DecisionRow key={decision.id} decision={decision}>
            {is_from_outcome && <Chip>{t.fromOutcome}</Chip>}
          </DecisionRow>
        ))}
      </ul>
    </Section>
  );
}
