import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { answer, api, ifMatch } from "../../api/client";
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
import { saveOverOthers } from "../../live/save";
import { type SaveAttempt, useSaveAttempt } from "../../parts/form/save-attempt";

const DRAFT = "/api/workspaces/{workspace}/agreement/draft";

interface Props {
  draft: Draft;
  saved: (draft: Draft) => void;
  /** Go on with what another admin saved, in place of what was typed. */
  takeTheirs: (theirs: Draft) => void;
  publish: (draft: Draft) => void;
}

/** The draft's title, text and figures. The text is kept in this browser while it is typed. */
export function DraftForm({ draft, saved, takeTheirs, publish }: Props) {
  const text = useDraft("agreement", draft.text);
  const terms = useSignal<Terms>(termsOf(draft));
  const save = useSave(draft, text, terms);
  const showing = useSignal<string | null>(null);
  const isSaved = useSignal(false);
  const saveAnd = async (next: (saved: Draft) => void) => {
    isSaved.value = false;
    const document = await save.run();
    if (!document) return;
    isSaved.value = true;
    next(document);
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
              <Button small onClick={() => void saveAnd((kept) => (showing.value = kept.text_html))}>
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
        takeTheirs={(theirs) => {
          text.clear();
          takeTheirs(theirs);
        }}
      />
      <div class="form-end">
        <Button
          kind="primary"
          busy={save.busy.value}
          onClick={() =>
            void saveAnd((kept) => {
              announce("Draft saved");
              saved(kept);
            })
          }
        >
          Save the draft
        </Button>
        <Button busy={save.busy.value} onClick={() => void saveAnd(publish)}>
          Save and publish…
        </Button>
        {isSaved.value && <span class="quiet">Saved</span>}
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

/** Saves what was typed; what another admin saved meanwhile is shown first, never overwritten unseen. */
function useSave(draft: Draft, text: Kept, terms: Signal<Terms>): SaveAttempt<Draft> {
  const here = useWorkspace();
  const base = useRef(draft);
  const params = here.pathParams();
  return useSaveAttempt<Draft>(async (over) => {
    const typed = text.text.peek();
    const body = { ...termsIn(terms.peek()), text: typed };
    const saved = await saveOverOthers<Draft>({
      base: over ?? base.current,
      fields: Object.keys(body) as (keyof Draft)[],
      read: () => answer(api.GET(DRAFT, { params })),
      send: (rev) => answer(api.PATCH(DRAFT, { params: { ...params, header: ifMatch(rev) }, body })),
    });
    if (saved.kind === "settled") {
      base.current = saved.document;
      text.markSaved(saved.document.text);
      if (text.text.peek() === typed) text.text.value = saved.document.text; // else typing went on
    }
    return saved;
  });
}

function Outcome({ save, takeTheirs }: { save: SaveAttempt<Draft>; takeTheirs: (theirs: Draft) => void }) {
  const problem = save.problem.value;
  const theirs = save.theirs.value;
  if (theirs) {
    return (
      <Notice
        kind="warn"
        lines={["Another admin saved the draft while you typed. Save again to replace it with yours."]}
      >
        <blockquote class="theirs">{theirs.text}</blockquote>
        <Button small onClick={() => takeTheirs(theirs)}>
          Take theirs
        </Button>
      </Notice>
    );
  }
  if (!problem) return null;
  const reasons = problem.errors?.map(({ reason }) => reason).join(" ");
  return (
    <ErrorNotice
      what={reasons ? `The draft was not saved. ${reasons}` : "The draft was not saved."}
      problem={problem}
      kept="What you typed is kept."
      retry={() => void save.run()}
    />
  );
}
