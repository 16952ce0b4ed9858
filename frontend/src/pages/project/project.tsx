import t from "locale:project";
import common from "locale:common";
import { useComputed, useSignal } from "@preact/signals";
import { Archive, ArchiveRestore, Bell, BellOff, Ellipsis, Plus } from "lucide";
import { answer, api } from "../../api/client";
import { openNewTask } from "../../parts/ui/open-dialog";
import type { Project as ProjectCard } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { ConditionChip } from "../../parts/data/project-condition";
import { Confirm } from "../../parts/ui/confirm";
import { useAction } from "../../parts/ui/action";
import { WithSidebar } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { Icon } from "../../parts/ui/icon";
import { Menu } from "../../parts/ui/menu";
import { Notice } from "../../parts/ui/notice";
import { useMute } from "../../parts/notices/mute";
import { Page } from "../../parts/ui/page";
import { NotFound } from "../not-found";
import { useProjectRename } from "./change";
import { Decisions } from "./decisions";
import { ProjectFacts } from "./facts";
import { OpenWork } from "./open-work";
import { Purpose } from "./purpose";
import { Threads } from "./threads";
import { Updates } from "./updates";
import "./project.css";

/** A project: its purpose, updates, open tasks, decisions and discussion. */
export default function Project({ values }: { values: Record<string, string> }) {
  const { live } = useWorkspace();
  const wanted = (values["key"] ?? "").toUpperCase();
  const project = useComputed(() =>
    [...live.list("projects").value.values()].find(({ key }) => key === wanted),
  ).value;
  return project ? <ProjectPage key={project.id} project={project} /> : <NotFound />;
}

function ProjectPage({ project }: { project: ProjectCard }) {
  const { live } = useWorkspace();
  const rename = useProjectRename(project);
  const canEdit = live.board.value?.me.role !== "guest";
  const isArchived = project.archived_at !== null;
  return (
    <Page
      title={project.name}
      lead={<span class="code">{project.key}</span>}
      rename={canEdit ? rename : undefined}
      aside={
        <span class="project-acts">
          <ConditionChip condition={project.condition} />
          {!isArchived && (
            <Button small icon={Plus} onClick={() => openNewTask({ project: project.key })}>
              {t.newTask}
            </Button>
          )}
          <Acts project={project} canEdit={canEdit} />
        </span>
      }
    >
      {isArchived && <Notice kind="info" lines={[t.isArchived]} />}
      <WithSidebar label={t.details} facts={<ProjectFacts project={project} canEdit={canEdit} />}>
        <Purpose project={project} canEdit={canEdit} />
        <Updates project={project} canEdit={canEdit && !isArchived} />
        <OpenWork project={project} />
        <Decisions project={project} />
        <Threads project={project} />
      </WithSidebar>
    </Page>
  );
}

const ARCHIVAL = "/api/workspaces/{workspace}/projects/{key}/archival";

interface ActsProps {
  project: ProjectCard;
  canEdit: boolean;
}

function Acts({ project, canEdit }: ActsProps) {
  const here = useWorkspace();
  const { id, name } = project;
  const { isMuted, toggle } = useMute({ list: "muted_projects", id, name });
  const asking = useSignal(false);
  const action = useAction();
  const params = here.pathParams({ key: project.key });
  const archive = async () => {
    await answer(api.PUT(ARCHIVAL, { params }));
  };
  const restore = () =>
    action.run(async () => {
      await answer(api.DELETE(ARCHIVAL, { params }));
    });
  const mute = {
    name: isMuted ? common.unmute : common.mute,
    icon: isMuted ? Bell : BellOff,
    run: () => action.run(toggle),
  };
  const archival = project.archived_at
    ? { name: common.restore, icon: ArchiveRestore, run: restore }
    : { name: t.archiveMore, icon: Archive, run: () => (asking.value = true) };
  return (
    <>
      <Menu
        class="icon-button"
        label={t.project}
        title={t.moreActions({ name: project.name })}
        items={canEdit ? [mute, archival] : [mute]}
      >
        <Icon of={Ellipsis} />
      </Menu>
      <RequestError of={action} />
      {asking.value && (
        <Confirm
          title={t.archiveName({ name: project.name })}
          action={common.archive}
          run={archive}
          close={() => (asking.value = false)}
        >
          {t.archiveMeans}
        </Confirm>
      )}
    </>
  );
}
