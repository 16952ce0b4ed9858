import { Folder, Plus } from "lucide";
import { useSignal } from "@preact/signals";
import { rowProps, useList } from "../../keys/list";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/button";
import { ConditionChip } from "../../parts/condition";
import { Dialog } from "../../parts/dialog";
import { Empty } from "../../parts/empty";
import { Page } from "../../parts/page";
import { ProjectForm } from "./project-form";

/** Every project that is not archived. */
export default function Projects() {
  const here = useWorkspace();
  const board = useBoard();
  const isNew = useSignal(false);
  const shown = [...board.projects.values()].filter(({ archived_at }) => !archived_at);
  shown.sort((a, b) => a.name.localeCompare(b.name));
  const list = useList({ ids: () => shown.map(({ id }) => id), group: "Projects" });
  const add = board.me.role !== "guest" && (
    <Button icon={Plus} onClick={() => (isNew.value = true)}>
      New project
    </Button>
  );
  return (
    <Page title="Projects" aside={add}>
      {shown.length === 0 ? (
        <Empty icon={Folder} title="No projects yet">
          A project holds tasks, updates and a discussion.
        </Empty>
      ) : (
        <ul class="panel rows">
          {shown.map(({ id, key, name, condition }) => (
            <li key={id}>
              <span class="code quiet">{key}</span>
              <a class="main" href={here.at(`/projects/${key}`)} {...rowProps(list, id)}>
                {name}
              </a>
              <ConditionChip condition={condition} />
            </li>
          ))}
        </ul>
      )}
      {isNew.value && (
        <Dialog title="New project" close={() => (isNew.value = false)}>
          <ProjectForm slug={here.slug} done={() => (isNew.value = false)} />
        </Dialog>
      )}
    </Page>
  );
}
