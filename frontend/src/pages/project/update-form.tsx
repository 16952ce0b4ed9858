import t from "locale:project";
import type { Project } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { conditionWords } from "../../parts/data/project-condition";
import { Composer } from "../../parts/conversation/composer";
import { type Draft, useDraft } from "../../parts/form/draft";

const CONDITIONS = ["on_track", "at_risk", "off_track"] as const;

interface Props {
  project: Project;
  draft: Draft;
  /** Where what is sent shows until the server has it. */
  where: string;
  autofocus: boolean;
  close: () => void;
}

/** The form for a project update. */
export function UpdateForm({ project, draft, where, autofocus, close }: Props) {
  const here = useWorkspace();
  const condition = useDraft(`update:${project.id}:condition`, project.condition ?? "on_track");
  const cancel = () => {
    draft.clear();
    close();
  };
  return (
    <div class="update-form">
      <fieldset class="choices conditions">
        <legend>{t.status}</legend>
        {CONDITIONS.map((each) => (
          <label key={each} class="choice">
            <input
              type="radio"
              name="condition"
              value={each}
              checked={condition.text.value === each}
              onChange={() => (condition.text.value = each)}
            />
            <span class={`condition-mark ${each}`} aria-hidden="true" />
            {conditionWords(each)}
          </label>
        ))}
      </fieldset>
      <Composer
        draft={draft}
        field={`update:${project.id}`}
        label={t.updateOn({ project: project.name })}
        placeholder={t.updateHint}
        action={t.postUpdate}
        place={{ project: project.key, kind: "project_update" }}
        path={`/api/workspaces/${here.slug}/projects/${project.key}/updates`}
        where={where}
        extra={() => ({ condition: condition.text.peek() })}
        sent={() => {
          condition.clear();
          close();
        }}
        autofocus={autofocus}
        cancel={cancel}
      />
    </div>
  );
}
