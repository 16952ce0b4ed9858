import t from "locale:project";
import { useSignal } from "@preact/signals";
import { Pencil } from "lucide";
import { useRef } from "preact/hooks";
import type { Project } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Section } from "../../parts/ui/facts";
import { Rendered } from "../../parts/data/rendered";
import { saveOverOthers } from "../../live/save";
import { TextEdit } from "../../parts/form/text-edit";
import { readProject, sendEdit } from "./change";

interface Props {
  project: Project;
  canEdit: boolean;
}

/** The purpose of the project. */
export function Purpose({ project, canEdit }: Props) {
  const editing = useSignal(false);
  const edit = canEdit && !editing.value && (
    <Button small kind="quiet" icon={Pencil} onClick={() => (editing.value = true)}>
      {project.purpose ? t.editPurpose : t.addPurpose}
    </Button>
  );
  return (
    <Section id="purpose" title={t.purpose} aside={edit}>
      {editing.value ? (
        <PurposeEdit project={project} close={() => (editing.value = false)} />
      ) : project.purpose ? (
        <Rendered html={project.purpose_html} />
      ) : (
        <p class="quiet">{t.noPurpose}</p>
      )}
    </Section>
  );
}

function PurposeEdit({ project, close }: { project: Project; close: () => void }) {
  const here = useWorkspace();
  const begun = useRef(project).current;
  const send = (purpose: string, over?: Project) =>
    saveOverOthers<Project>({
      base: over ?? begun,
      fields: ["purpose"],
      read: () => readProject(here, project.key),
      send: (rev) => sendEdit(here, project.key, rev, { purpose }),
    });
  return (
    <TextEdit
      label={t.purpose}
      placeholder={t.purposeHint}
      field={`purpose:${project.id}`}
      initial={begun.purpose}
      rows={5}
      save={send}
      textIn={({ purpose }: Project) => purpose}
      close={close}
    />
  );
}
