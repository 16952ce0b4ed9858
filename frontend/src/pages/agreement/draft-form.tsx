import { type Signal, useSignal } from "@preact/signals";
import { answer, api } from "../../api/client";
import { type Problem, Refusal, UNREACHABLE } from "../../api/problem";
import { useWorkspace } from "../../live/workspace";
import { announce } from "../../parts/ui/announce";
import { Button } from "../../parts/ui/button";
import { type Draft as Kept, useDraft } from "../../parts/form/draft";
import { Editor } from "../../parts/form/editor";
import { ErrorNotice } from "../../parts/ui/error-notice";
import { Notice } from "../../parts/ui/notice";
import { Panel } from "../../parts/ui/panel";
import { Rendered } from "../../parts/data/rendered";
import { AllowanceField, NumberField } from "./term-fields";
import { type Terms, termsIn, termsOf } from "./typed-terms";
import type { Draft } from "./data";
import { KINDS } from "./terms";

const DRAFT = "/api/workspaces/{workspace}/agreement/draft";
const CHANGED = 412;

interface Props {
  draft: Draft;
  saved: (draft: Draft) => void;
  /** Go on with what another admin saved, in place of what was typed. */
  take: (theirs: Draft) => void;
  publish: (draft: Draft) => void;
}

/** The draft's title, text and figures. The text is kept in this browser while one types. */
export function DraftForm({ draft, saved, take, publish }: Props) {
  const text = useDraft("agreement", draft.text);
  const terms = useSignal<Terms>(termsOf(draft));
  const save = useSave(draft, text, terms);
  const showing = useSignal<string | null>(null);
  const act = (then: (kept: Draft) => void) => async () => {
    const kept = await save.run();
    if (kept) then(kept);
  };
  return (
    <div class="draft">
      <Panel title="Text">
        <div class="panel-body draft-text">
          <label class="field">
            <span>Title</span>
            <input
              class="input"
              value={terms.value.title}
              maxLength={200}
              onInput={({ currentTarget }) =>
                (terms.value = { ...terms.peek(), title: currentTarget.value })
              }
            />
          </label>
          {showing.value === null ? (
            <Editor label="Text of the agreement" text={text.text} rows={12} />
          ) : (
            <div class="preview">
              <Rendered html={showing.value} />
            </div>
          )}
          <div class="form-end">
            {showing.value === null ? (
              <Button small onClick={act((kept) => (showing.value = kept.text_html))}>
                Save and preview
              </Button>
            ) : (
              <Button small onClick={() => (showing.value = null)}>
                Edit the text
              </Button>
            )}
            {text.restored && text.text.value !== draft.text && (
              <span class="quiet">Not saved yet: kept from before</span>
            )}
          </div>
        </div>
      </Panel>
      <TermsPanel terms={terms} />
      <Outcome
        save={save}
        take={(theirs) => {
          text.clear();
          take(theirs);
        }}
      />
      <div class="form-end">
        <Button
          kind="primary"
          busy={save.busy.value}
          onClick={act((kept) => {
            announce("Draft saved");
            saved(kept);
          })}
        >
          Save the draft
        </Button>
        <Button busy={save.busy.value} onClick={act(publish)}>
          Save and publish…
        </Button>
        {save.done.value && <span class="quiet">Saved</span>}
      </div>
    </div>
  );
}

function TermsPanel({ terms }: { terms: Signal<Terms> }) {
  const set = (changes: Partial<Terms>) => (terms.value = { ...terms.peek(), ...changes });
  const { allowances, warn_share, first_check_minutes } = terms.value;
  return (
    <Panel title="Response windows">
      <div class="panel-body draft-terms">
        {KINDS.map(([kind, name]) => (
          <AllowanceField
            key={kind}
            label={name}
            value={allowances[kind]}
            set={(value) => set({ allowances: { ...terms.peek().allowances, [kind]: value } })}
          />
        ))}
        <NumberField
          label="A warning comes after"
          unit="% of a window"
          value={warn_share}
          min={1}
          max={99}
          set={(value) => set({ warn_share: value })}
        />
        <NumberField
          label="First check within"
          unit="min of the next working day’s start"
          value={first_check_minutes}
          min={1}
          max={1440}
          set={(value) => set({ first_check_minutes: value })}
        />
      </div>
    </Panel>
  );
}

interface Save {
  run: () => Promise<Draft | null>;
  busy: Signal<boolean>;
  done: Signal<boolean>;
  problem: Signal<Problem | null>;
  /** What another admin saved meanwhile. */
  theirs: Signal<Draft | null>;
}

/** Saves what was typed; what another admin saved meanwhile is shown first, never overwritten unseen. */
function useSave(draft: Draft, text: Kept, terms: Signal<Terms>): Save {
  const here = useWorkspace();
  const rev = useSignal(draft.rev);
  const busy = useSignal(false);
  const done = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const theirs = useSignal<Draft | null>(null);
  const send = async () => {
    const typed = text.text.peek();
    const body = { ...termsIn(terms.peek()), text: typed };
    const header = { "if-match": `"${theirs.peek()?.rev ?? rev.peek()}"` };
    const kept = await answer(api.PATCH(DRAFT, { params: { ...here.pathParams(), header }, body }));
    rev.value = kept.rev;
    theirs.value = null;
    done.value = true;
    text.settle(kept.text);
    if (text.text.peek() === typed) text.text.value = kept.text; // else one typed on meanwhile
    return kept;
  };
  const run = async () => {
    if (busy.peek()) return null;
    busy.value = true;
    done.value = false;
    problem.value = null;
    try {
      return await send();
    } catch (fault) {
      problem.value = fault instanceof Refusal ? fault.problem : UNREACHABLE;
      if (problem.value.status === CHANGED) {
        theirs.value = await answer(api.GET(DRAFT, { params: here.pathParams() })).catch(() => null);
      }
      return null;
    } finally {
      busy.value = false;
    }
  };
  return { run, busy, done, problem, theirs };
}

function Outcome({ save, take }: { save: Save; take: (theirs: Draft) => void }) {
  const problem = save.problem.value;
  const theirs = save.theirs.value;
  if (theirs) {
    return (
      <Notice
        kind="warn"
        lines={["Another admin saved the draft while you typed. Save again to replace it with yours."]}
      >
        <blockquote class="theirs">{theirs.text}</blockquote>
        <Button small onClick={() => take(theirs)}>
          Take theirs
        </Button>
      </Notice>
    );
  }
  if (!problem) return null;
  const reasons = problem.errors?.map(({ field, reason }) => `${field} ${reason}`).join("; ");
  return (
    <ErrorNotice
      what={reasons ? `The draft was not saved: ${reasons}.` : "The draft was not saved."}
      problem={problem}
      kept="What you typed is kept."
      retry={() => void save.run()}
    />
  );
}
