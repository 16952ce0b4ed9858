import t from "locale:dialogs";
import common from "locale:common";
import { type Signal, useSignal } from "@preact/signals";
import { BookOpen, MapPin, X } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { answer, api } from "../api/client";
import { newUuid } from "../api/random-uuid";
import type { components } from "../api/schema";
import { useBoard, useWorkspace, type WorkspaceHere } from "../live/workspace";
import { announce } from "../parts/ui/announce";
import { IconButton } from "../parts/ui/button";
import { CancelButton } from "../parts/ui/cancel-button";
import { Dialog } from "../parts/ui/dialog";
import { useDraft } from "../parts/form/draft";
import { historyWords, type Similar, type Subject, REFERENCE_AFTER } from "../parts/data/explanations";
import { undoExplanation } from "../parts/data/undo-explanation";
import { Field } from "../parts/form/field";
import { Form } from "../parts/form/form";
import { Icon } from "../parts/ui/icon";
import { toast } from "../parts/ui/toast";
import type { ExplanationPlace } from "../parts/ui/open-dialog";
import "./explain.css";
import { navigate } from "../router/router";
import { useSearchAsYouType } from "../parts/data/search-as-you-type";

type NotedExplanation = components["schemas"]["Noted"];

/** Shorter words are not looked up. */
const MIN_LENGTH = 3;

/** The dialog that notes an explanation in one line, and shows what is known about its subject. */
export default function ExplainForm({ place, close }: { place: ExplanationPlace | null; close: () => void }) {
  const here = useWorkspace();
  const board = useBoard();
  const key = useRef(newUuid()).current;
  const words = useDraft("explanation");
  const where = useSignal(place);
  const same = useSignal<string | null>(null);
  const similar = useSimilar(here, words.text.value.trim());
  const send = async () => {
    const params = { ...here.pathParams(), header: { "Idempotency-Key": key } };
    const body = { words: words.text.peek(), subject_id: same.peek(), ...where.peek()?.at };
    const noted = await answer(
      api.POST("/api/workspaces/{workspace}/explanations", { params, body }),
    );
    words.clear();
    close();
    announceResult(here, noted, board.references.get(noted.subject.reference_id ?? "")?.title);
  };
  return (
    <Dialog title={t.logExplanation} close={close} wide>
      <Form action={t.logIt} send={send} aside={<CancelButton close={close} />}>
        <Field
          name="words"
          label={t.whatDidYouExplain}
          hint={t.explainHint}
          autoComplete="off"
          required
          maxLength={200}
          draft={words}
          onInput={() => (same.value = null)}
        />
        {where.value && (
          <p class="came-up">
            <Icon of={MapPin} size={14} />
            <span class="ellipsis">{t.cameUpIn({ place: where.value.name })}</span>
            <IconButton icon={X} label={t.removePlace} onClick={() => (where.value = null)} />
          </p>
        )}
        {similar && <KnownSubjects similar={similar} same={same} close={close} />}
      </Form>
    </Dialog>
  );
}

/** What is known about a subject. The note can be saved without it. */
function useSimilar(here: WorkspaceHere, subject: string): Similar | null {
  const params = { ...here.pathParams(), query: { subject } };
  const path = "/api/workspaces/{workspace}/references/similar";
  const found = useSearchAsYouType({
    text: subject,
    minLength: MIN_LENGTH,
    read: (signal) => answer(api.GET(path, { params, signal })),
  });
  return found.data.value;
}

interface KnownProps {
  similar: Similar;
  /** The id of the subject that was chosen by hand. */
  same: Signal<string | null>;
  close: () => void;
}

function KnownSubjects({ similar, same, close }: KnownProps) {
  const here = useWorkspace();
  const { references, near } = similar;
  const subject = near.find(({ id }) => id === same.value) ?? similar.subject;
  const said = subject && alreadyWords(subject);
  useEffect(() => {
    if (said) announce(said);
  }, [said]);
  return (
    <div class="known">
      {subject && <AlreadyExplained subject={subject} />}
      {references.length > 0 && (
        <div>
          <h3>{t.alreadyDocumented}</h3>
          <ul>
            {references.map(({ id, title }) => (
              <li key={id}>
                <a href={here.pageUrl(`/references/${id}`)} onClick={close}>
                  <Icon of={BookOpen} size={14} /> {title}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {near.length > 0 && (
        <fieldset>
          <legend>{t.isItOneOfThese}</legend>
          {near.map(({ id, words, explanations }) => (
            <label key={id} class="choice">
              <input
                type="checkbox"
                checked={same.value === id}
                onChange={({ currentTarget }) => (same.value = currentTarget.checked ? id : null)}
              />
              {words} <span class="quiet">{t.explainedTimes({ count: explanations.length })}</span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}

const strong = (text: ComponentChildren) => <strong>{text}</strong>;

const alreadyWords = ({ explanations }: Subject) =>
  t.alreadyExplained({ count: explanations.length });

function AlreadyExplained({ subject }: { subject: Subject }) {
  const board = useBoard();
  const { explanations, reference_id, wanted_of, declined_at } = subject;
  const next = explanations.length + 1;
  const asks = next >= REFERENCE_AFTER && !reference_id && !wanted_of && !declined_at;
  return (
    <p>
      {t.alreadyExplainedBy({
        count: explanations.length,
        history: historyWords(explanations, board),
        b: strong,
      })}
      {asks && ` ${t.willAskToDocument({ count: next })}`}
    </p>
  );
}

/** Say what came of the note, and offer the next step. */
function announceResult(here: WorkspaceHere, { explanation, subject, is_wanted }: NotedExplanation, title?: string) {
  if (is_wanted) {
    const run = () => navigate(here.pageUrl(`/references/new?subject=${subject.id}`));
    toast(t.loggedWorthDocumenting({ count: subject.explanations.length }), {
      action: { name: t.writeReference, run },
    });
    return;
  }
  const undo = () => {
    undoExplanation(here, explanation.id).then(
      () => toast(t.removed),
      () => toast(t.removeFailed, { kind: "bad" }),
    );
  };
  const says = title ? t.loggedAndLinked({ title }) : t.logged;
  toast(says, { action: { name: common.undo, run: undo, undoes: true } });
}
