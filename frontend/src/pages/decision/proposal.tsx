import type { ComponentChildren } from "preact";
import t from "locale:decision";
import { Editor } from "../../parts/form/editor";
import { Section, WithSidebar } from "../../parts/ui/facts";
import { Rendered } from "../../parts/data/rendered";
import { Compare } from "./compare";
import { Deadline } from "./deadline";
import type { Change, OnSaved, Send } from "./change";
import { AutosaveStatus } from "./autosave-status";
import { type Autosave, type AutosavedField, useAutosave } from "./autosave";
import { Open } from "./open";
import { countIn, Options, useOptions } from "./options";
import { pointsOf } from "./points";
import { PointsPanel } from "./points-panel";
import type { DecisionProps } from "./data";
import { People, useStakeholders } from "./stakeholders";

/** What is proposed, as it was opened. */
export function Proposal({ decision }: DecisionProps) {
  const { html } = decision;
  return (
    <>
      <Text id="context" title={t.context} html={html.context} />
      <Compare decision={decision} />
      <Text id="recommendation" title={t.recommendation} html={html.recommendation} />
    </>
  );
}

function Text({ id, title, html }: { id: string; title: string; html: string }) {
  return (
    <Section id={id} title={title}>
      {html ? <Rendered html={html} /> : <p class="quiet">{t.notWritten}</p>}
    </Section>
  );
}

interface DraftProps extends DecisionProps {
  send: Send;
  change: Change;
  saved: OnSaved;
  /** Whether it is mine to open. */
  canOpen: boolean;
  facts: ComponentChildren;
  children: ComponentChildren;
}

/** A draft, edited in place. What it misses is listed in the sidebar. */
export function Draft({ decision, send, change, saved, canOpen, facts, children }: DraftProps) {
  const of = { decision, send };
  const context = useText(of, "context");
  const options = useOptions(of);
  const recommendation = useText(of, "recommendation");
  const asked = useStakeholders(of);
  const points = pointsOf(decision.missing, {
    context: context.text.value,
    recommendation: recommendation.text.value,
    options: countIn(options.text.value),
  });
  const beside = (
    <>
      <PointsPanel points={points} />
      {facts}
    </>
  );
  return (
    <WithSidebar label={t.details} facts={beside}>
      <TextField
        of={context}
        name="context"
        title={t.context}
        placeholder={t.contextHint}
        rows={7}
      />
      <Options of={options} />
      <TextField
        of={recommendation}
        name="recommendation"
        title={t.recommendation}
        placeholder={t.recommendationHint}
        rows={4}
      />
      <People decision={decision} of={asked} change={change} />
      <Deadline decision={decision} change={change} />
      {canOpen && (
        <Open
          decision={decision}
          points={points}
          fields={[context, options, recommendation, asked]}
          saved={saved}
        />
      )}
      {children}
    </WithSidebar>
  );
}

type TextName = "context" | "recommendation";

function useText(of: Pick<AutosavedField, "decision" | "send">, field: TextName): Autosave {
  return useAutosave({
    ...of,
    field,
    textIn: (decision) => decision[field],
    editOf: (text) => ({ [field]: text }),
  });
}

interface FieldProps {
  of: Autosave;
  name: TextName;
  title: string;
  placeholder: string;
  rows: number;
}

function TextField({ of, name, title, ...editor }: FieldProps) {
  return (
    <Section id={name} title={title}>
      <div class="text-field" onFocusOut={() => void of.flush()}>
        <Editor label={title} text={of.text} send={() => void of.flush()} {...editor} />
        <AutosaveStatus of={of} field={name} textIn={(theirs) => theirs[name]} />
      </div>
    </Section>
  );
}
