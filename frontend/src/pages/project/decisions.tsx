import { api } from "../../api/client";
import { pageOf } from "../../api/pages";
import type { Project } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { DecisionRow } from "../../parts/data/decision-row";
import { Section } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { useLiveLoaded } from "../../parts/data/live-loaded";

const MOST_SHOWN = 5;
const LIST = "/api/workspaces/{workspace}/decisions";

/** What is to be decided, and what was last. The page of decisions has all of them. */
export function Decisions({ project }: { project: Project }) {
  const here = useWorkspace();
  const latest = useLiveLoaded(
    () => {
      const query = { project: [project.key], limit: MOST_SHOWN };
      return pageOf(api.GET(LIST, { params: { ...here.pathParams(), query } }));
    },
    /^decision\./,
    [project.key],
  );
  const page = latest.data.value;
  return (
    <Section
      id="decisions"
      title="Decisions"
      aside={<a href={here.pageUrl(`/decisions?project=${project.key}`)}>All of them</a>}
    >
      <RequestError of={latest} />
      {page?.items.length === 0 && <p class="quiet">Nothing was decided or proposed yet.</p>}
      {page && page.items.length > 0 && (
        <ul class="panel rows" aria-label="Decisions">
          {page.items.map((decision) => (
            <DecisionRow key={decision.id} decision={decision} />
          ))}
        </ul>
      )}
    </Section>
  );
}
