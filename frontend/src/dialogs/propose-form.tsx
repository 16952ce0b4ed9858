import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { answer, api } from "../api/client";
import { newUuid } from "../api/random-uuid";
import type { components } from "../api/schema";
import { useWorkspace } from "../live/workspace";
import { Dialog } from "../parts/ui/dialog";
import { useDraft } from "../parts/form/draft";
import { Field } from "../parts/form/field";
import { Form } from "../parts/form/form";
import { Select } from "../parts/form/select";
import type { ProposalStart } from "../parts/ui/open-dialog";
import { navigate } from "../router/router";
import { type Template, TEMPLATES } from "./proposal-templates";
import { NoProjectDialog, useProjectChoice } from "./project-choice";

type DecisionIn = components["schemas"]["DecisionIn"];

const LIST = "/api/workspaces/{workspace}/decisions";

/** The dialog that creates a draft of a decision, which then opens on its own page. */
export default function ProposeForm({ start, close }: { start: ProposalStart; close: () => void }) {
  const here = useWorkspace();
  const project = useProjectChoice(start.project);
  const title = useDraft("new-decision:title");
  const template = useSignal(TEMPLATES[0]!);
  const key = useRef(newUuid()).current;
  if (project.open.length === 0) {
    return <NoProjectDialog title="Propose a decision" what="Decisions" close={close} />;
  }
  const send = async () => {
    const { begins } = template.peek();
    const body = { project: project.chosen.peek(), title: title.text.peek(), ...begins } as DecisionIn;
    const params = { ...here.pathParams(), header: { "Idempotency-Key": key } };
    const made = await answer(api.POST(LIST, { params, body }));
    project.remember();
    title.clear();
    close();
    navigate(here.pageUrl(`/decisions/${made.key}`));
  };
  return (
    <Dialog title="Propose a decision" close={close} wide>
      <Form action="Begin the draft" send={send}>
        <Field
          name="title"
          label="What is to be decided"
          autoComplete="off"
          required
          maxLength={200}
          draft={title}
        />
        <Select
          name="project"
          label="Project"
          hint="Whoever sees the project sees the decision."
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
  chosen: Template;
  choose: (template: Template) => void;
}

function Templates({ chosen, choose }: TemplatesProps) {
  return (
    <fieldset class="choices">
      <legend>Begin with</legend>
      {TEMPLATES.map((template) => (
        <label key={template.value} class="choice">
          <input
            type="radio"
            name="template"
            value={template.value}
            checked={template === chosen}
            onChange={() => choose(template)}
          />
          {template.name}
          <span class="quiet">{template.hint}</span>
        </label>
      ))}
    </fieldset>
  );
}
