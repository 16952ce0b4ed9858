import t from "locale:agreement";
import common from "locale:common";
import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { answer, api, ifMatch } from "../../api/client";
import { useWorkspace } from "../../live/workspace";
import { announce } from "../../parts/ui/announce";
import { Button } from "../../parts/ui/button";
import { timerKindWords } from "../../parts/data/timer-kinds";
import { type Draft as Kept, useDraft } from "../../parts/form/draft";
import { Editor } from "../../parts/form/editor";
import { ErrorNotice } from "../../parts/ui/error-notice";
import { Notice } from "../../parts/ui/notice";
import { Panel } from "../../parts/ui/panel";
import { Rendered } from "../../parts/data/rendered";
import { AllowanceField, NumberField } from "./term-fields";
import { type Terms, termsIn, termsOf } from "./typed-terms";
import type { Draft } from "./data";
import { StepFields } from "./step-fields";
import { fieldWords, HANDED_OVER, KINDS } from "./terms";
import { saveOverOthers } from "../../live/save";
import { type SaveAttempt, useSaveAttempt } from "../../parts/form/save-attempt";

const DRAFT = "/api/workspaces/{workspace}/agreement/draft";

interface Props {
  draft: Draft;
  saved: (draft: Draft) => void;
  /** Continue with what another admin saved instead of what was typed. */
  takeTheirs: (theirs: Draft) => void;
  publish: (draft: Draft) => void;
}

/** The draft's title, text and terms. The text is kept in this browser while it is typed. */
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
      <Panel title={t.text}>
        <div class="panel-body draft-text">
          <label class="field">
            <span>{common.title}</span>
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
            <Editor label={t.agreementText} text={text.text} rows={12} />
          ) : (
            <div class="preview">
              <Rendered html={showing.value} />
            </div>
          )}
          <div class="form-end">
            {showing.value === null ? (
              <Button small onClick={() => void saveAnd((kept) => (showing.value = kept.text_html))}>
                {t.saveAndPreview}
              </Button>
            ) : (
              <Button small onClick={() => (showing.value = null)}>
                {t.editText}
              </Button>
            )}
            {text.restored && text.text.value !== draft.text && (
              <span class="quiet">{common.notSavedYet}</span>
            )}
          </div>
        </div>
      </Panel>
      <TermsPanel terms={terms} />
      <StepsPanel terms={terms} />
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
              announce(t.draftSaved);
              saved(kept);
            })
          }
        >
          {t.saveDraft}
        </Button>
        <Button busy={save.busy.value} onClick={() => void saveAnd(publish)}>
          {t.saveAndPublish}
        </Button>
        {isSaved.value && <span class="quiet">{t.saved}</span>}
      </div>
    </div>
  );
}

function TermsPanel({ terms }: { terms: Signal<Terms> }) {
  const set = (changes: Partial<Terms>) => (terms.value = { ...terms.peek(), ...changes });
  const { allowances, warn_share, first_check_minutes } = terms.value;
  return (
    <Panel title={t.answerTimes}>
      <div class="panel-body draft-terms">
        {KINDS.map((kind) => (
          <AllowanceField
            key={kind}
            label={timerKindWords(kind)}
            value={allowances[kind]}
            set={(value) => set({ allowances: { ...terms.peek().allowances, [kind]: value } })}
          />
        ))}
        <NumberField
          label={t.warnAfter}
          unit={t.percentOfTime}
          value={warn_share}
          min={1}
          max={99}
          set={(value) => set({ warn_share: value })}
        />
        <NumberField
          label={t.firstCheck}
          unit={t.minutesAfterStart}
          value={first_check_minutes}
          min={1}
          max={1440}
          set={(value) => set({ first_check_minutes: value })}
        />
      </div>
    </Panel>
  );
}

/** What follows if an answer is overdue, for each kind that can be handed over. */
function StepsPanel({ terms }: { terms: Signal<Terms> }) {
  const { steps } = terms.value;
  return (
    <Panel title={t.ifNoOneAnswers}>
      <div class="panel-body draft-terms">
        <p class="quiet">{t.howStepsCount}</p>
        {HANDED_OVER.map((kind) => (
          <StepFields
            key={kind}
            label={timerKindWords(kind)}
            steps={steps[kind]}
            set={(changed) =>
              (terms.value = { ...terms.peek(), steps: { ...terms.peek().steps, [kind]: changed } })
            }
          />
        ))}
      </div>
    </Panel>
  );
}

/** Saves the draft. If another admin saved meanwhile, shows their version before overwriting it. */
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
      <Notice kind="warn" lines={[t.draftChanged]}>
        <blockquote class="theirs">{theirs.text}</blockquote>
        <Button small onClick={() => takeTheirs(theirs)}>
          {common.acceptTheirs}
        </Button>
      </Notice>
    );
  }
  if (!problem) return null;
  const reasons = (problem.errors ?? []).map(({ field, reason }) =>
    common.fieldReason({ field: fieldWords(field), reason }),
  );
  return (
    <ErrorNotice
      what={[t.couldNotSaveDraft, ...reasons].join(" ")}
      problem={problem}
      kept={t.typedIsKept}
      retry={() => void save.run()}
    />
  );
}
