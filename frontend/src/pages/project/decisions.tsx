import t from "locale:project";
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

/** The latest decisions, with a link to all of them. */
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
      title={t.decisions}
      aside={<a href={here.pageUrl(`/decisions?project=${project.key}`)}>{t.viewAll}</a>}
    >
      <RequestError of={latest} />
      {page?.items.length === 0 && <p class="quiet">{t.noDecisions}</p>}
      {page && page.items.length > 0 && (
        <ul class="panel rows" aria-label={t.decisions}>
          {page.items.map((decision) => (
            <DecisionRow key={decision.id} decision={decision} />
          ))}
        </ul>
      )}
    </Section>
  );
}
