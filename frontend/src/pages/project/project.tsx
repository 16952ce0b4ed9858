import { rowProps, useList } from "../../keys/list";
import { useBoard, useWorkspace } from "../../live/workspace";
import { ConditionChip } from "../../parts/condition";
import { Empty } from "../../parts/empty";
import { Page } from "../../parts/page";
import { Panel } from "../../parts/panel";
import { Rendered } from "../../parts/rendered";
import { NotFound } from "../not-found";

/** What a project is for, how it stands, and its open work. */
export default function Project({ values }: { values: Record<string, string> }) {
  const here = useWorkspace();
  const board = useBoard();
  const project = [...board.projects.values()].find(({ key }) => key === values["key"]);
  const open = [...board.tasks.values()].filter(
    ({ project_id, closed_at }) => project_id === project?.id && !closed_at,
  );
  const list = useList({ ids: () => open.map(({ id }) => id), group: "Tasks" });
  if (!project) return <NotFound />;
  return (
    <Page title={project.name} lead={project.key} aside={<ConditionChip condition={project.condition} />}>
      {project.purpose ? (
        <Rendered html={project.purpose_html} />
      ) : (
        <Empty title="Say what this project is for" />
      )}
      <Panel title="Open work">
        {open.length === 0 && <p class="empty">No open tasks.</p>}
        <ul class="rows">
          {open.map(({ id, key, title }) => (
            <li key={id}>
              <span class="code quiet">{key}</span>
              <a class="main" href={here.at(`/tasks/${key}`)} {...rowProps(list, id)}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </Panel>
    </Page>
  );
}
