import t from "locale:dialogs";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { answer, api } from "../api/client";
import { newUuid } from "../api/random-uuid";
import type { components } from "../api/schema";
import { useWorkspace } from "../live/workspace";
import { CancelButton } from "../parts/ui/cancel-button";
import { Dialog } from "../parts/ui/dialog";
import { useDraft } from "../parts/form/draft";
import { Field } from "../parts/form/field";
import { Form } from "../parts/form/form";
import { Select } from "../parts/form/select";
import type { ProposalStart } from "../parts/ui/open-dialog";
import { navigate } from "../router/router";
import { startOf, type TemplateName, templates } from "./proposal-templates";
import { NoProjectDialog, useProjectChoice } from "./project-choice";

type DecisionIn = components["schemas"]["DecisionIn"];

const LIST = "/api/workspaces/{workspace}/decisions";

/** The dialog that creates a draft of a decision, which then opens on its own page. */
export default function ProposeForm({ start: from, close }: { start: ProposalStart; close: () => void }) {
  const here = useWorkspace();
  const project = useProjectChoice(from.project);
  const title = useDraft("new-decision:title");
  const template = useSignal<TemplateName>("empty");
  const key = useRef(newUuid()).current;
  if (project.open.length === 0) {
    return <NoProjectDialog title={t.proposeDecision} close={close} />;
  }
  const send = async () => {
    const start = startOf(template.peek());
    const body = { project: project.chosen.peek(), title: title.text.peek(), ...start } as DecisionIn;
    const params = { ...here.pathParams(), header: { "Idempotency-Key": key } };
    const made = await answer(api.POST(LIST, { params, body }));
    project.remember();
    title.clear();
    close();
    navigate(here.pageUrl(`/decisions/${made.key}`));
  };
  return (
    <Dialog title={t.proposeDecision} close={close} wide>
      <Form action={t.createDraft} send={send} aside={<CancelButton close={close} />}>
        <Field
          name="title"
          label={t.whatNeedsDeciding}
          autoComplete="off"
          required
          maxLength={200}
          draft={title}
        />
        <Select
          name="project"
          label={t.project}
          hint={t.projectHint}
          value={project.chosen.value}
          onChange={(chosen) => (project.chosen.value = chosen)}
        >
          {project.open.map(({ key: of, name }) => (
            <option key={of} value={of} selected={of === project.chosen.value}>
              {name}
            </option>
          ))}
        </Select>
        <Templates chosen={template.value} choose={(chosen) => (template.value = chosen)} />
      </Form>
    </Dialog>
  );
}

interface TemplatesProps {
  chosen: TemplateName;
  choose: (template: TemplateName) => void;
}

function Templates({ chosen, choose }: TemplatesProps) {
  return (
    <fieldset class="choices">
      <legend>{t.template}</legend>
      {templates().map(({ value, name, hint }) => (
        <label key={value} class="choice">
          <input
            type="radio"
            name="template"
            value={value}
            checked={value === chosen}
            onChange={() => choose(value)}
          />
          {name}
          <span class="quiet">{hint}</span>
        </label>
      ))}
    </fieldset>
  );
}
