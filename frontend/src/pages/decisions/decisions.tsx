import { Download, Gavel } from "lucide";
import t from "locale:decision";
import { api } from "../../api/client";
import { minute } from "../../api/clock";
import { pageOf } from "../../api/pages";
import { openProposal } from "../../parts/ui/open-dialog";
import { navigate, query } from "../../router/router";
import { type ListNavigation, rowProps, useListNavigation } from "../../keys/list-navigation";
import type { Decision } from "../../live/documents";
import { useBoard, useMe, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { decisionStatus, waitsForMe } from "../../parts/data/decision-status";
import { Empty } from "../../parts/ui/empty";
import { useLivePaged } from "../../parts/data/paged";
import { ShowMore } from "../../parts/data/show-more";
import { Icon } from "../../parts/ui/icon";
import { Page } from "../../parts/ui/page";
import { Tabs } from "../../parts/ui/tabs";
import { filterNamed, FILTERS } from "./filters";
import { answeredWords, whenOf } from "./row-words";
import { LoadStatus } from "../../parts/data/load-status";
import { ProjectFilter } from "../../parts/data/project-filter";
import "./decisions.css";

/** The list of decisions: waiting on me, open, decided and the rest. */
export default function Decisions() {
  const here = useWorkspace();
  const filter = filterNamed(query.value.get("show"));
  const project = query.value.get("project") ?? "";
  const found = useLivePaged(
    (cursor) => {
      const of = project && { project: [project] };
      const wanted = { ...filter.query, ...of, ...(cursor && { cursor }) };
      return pageOf(api.GET(LIST, { params: { ...here.pathParams(), query: wanted } }));
    },
    /^decision\./,
    [filter, project],
  );
  const shown = found.data.value;
  const list = useListNavigation({
    ids: () => (shown?.items ?? []).map(({ id }) => id),
    group: t.decisions,
    open: (id) => {
      const decision = shown?.items.find((each) => each.id === id);
      if (decision) navigate(here.pageUrl(`/decisions/${decision.key}`));
    },
  });
  return (
    <Page title={t.decisions} aside={<PageActions project={project} />}>
      <Filters value={filter.value} project={project} />
      <LoadStatus of={found} what={t.couldNotLoadAll} rows={4} />
      {shown?.items.length === 0 && (
        <EmptyList isFirst={!filter.value && !project} words={filter.empty()} project={project} />
      )}
      {shown && shown.items.length > 0 && (
        <ul class="panel rows decision-list" aria-label={t.decisions}>
          {shown.items.map((decision) => (
            <Row key={decision.id} decision={decision} list={list} />
          ))}
        </ul>
      )}
      <ShowMore of={found} />
    </Page>
  );
}

const LIST = "/api/workspaces/{workspace}/decisions";

function PageActions({ project }: { project: string }) {
  const here = useWorkspace();
  const { me } = useBoard();
  const which = project && `?${new URLSearchParams({ project })}`;
  return (
    <div class="decision-list-acts">
      <a class="button" href={`/api/workspaces/${here.slug}/decisions/export${which}`} download>
        <Icon of={Download} />
        {project ? t.exportProject : t.exportAll}
      </a>
      {me.role !== "guest" && (
        <Button kind="primary" icon={Gavel} onClick={() => openProposal(project ? { project } : {})}>
          {t.propose}
        </Button>
      )}
    </div>
  );
}

function Filters({ value, project }: { value: string; project: string }) {
  const here = useWorkspace();
  const { me } = useBoard();
  const filters = FILTERS.filter(({ ofTeam }) => !ofTeam || me.role !== "guest");
  const hrefOf = (show: string) => {
    const wanted = new URLSearchParams({ ...(show && { show }), ...(project && { project }) });
    return here.pageUrl(`/decisions${wanted.size > 0 ? `?${wanted}` : ""}`);
  };
  const tabs = filters.map((filter) => ({
    name: filter.name(),
    href: hrefOf(filter.value),
    current: filter.value === value,
  }));
  return (
    <div class="decision-narrow">
      <Tabs label={t.filterDecisions} tabs={tabs} />
      <ProjectFilter value={project} />
    </div>
  );
}

interface NoneProps {
  /** Nothing narrows the list down: there is none at all. */
  isFirst: boolean;
  words: string;
  project: string;
}

function EmptyList({ isFirst, words, project }: NoneProps) {
  const { me } = useBoard();
  if (!isFirst || me.role === "guest") return <Empty icon={Gavel} title={words} />;
  return (
    <Empty icon={Gavel} title={t.proposeFirst}>
      <p>{t.whyPropose}</p>
      <Button kind="primary" icon={Gavel} onClick={() => openProposal(project ? { project } : {})}>
        {t.propose}
      </Button>
    </Empty>
  );
}

function Row({ decision, list }: { decision: Decision; list: ListNavigation }) {
  const here = useWorkspace();
  const me = useMe();
  const [tone, words, icon] = decisionStatus(decision);
  const waits = waitsForMe(decision, me.id);
  const when = whenOf(decision, minute.value);
  const project = here.live.one("projects", decision.project_id).value;
  return (
    <li>
      <span class="code quiet">{decision.key}</span>
      <span class="decision-title">
        <a
          class="main ellipsis"
          dir="auto"
          href={here.pageUrl(`/decisions/${decision.key}`)}
          {...rowProps(list, decision.id)}
        >
          {decision.title}
        </a>
        {waits && <Chip tone="warn">{waits}</Chip>}
      </span>
      <span class="quiet ellipsis">{project?.name}</span>
      <span class="quiet">{answeredWords(decision)}</span>
      <span class={when.isLate ? "late" : "quiet"}>{when.words}</span>
      <Chip tone={tone} icon={icon}>
        {words}
      </Chip>
    </li>
  );
}
