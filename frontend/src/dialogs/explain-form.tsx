import { type Signal, useSignal } from "@preact/signals";
import { BookOpen, MapPin, X } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { answer, api } from "../api/client";
import { newUuid } from "../api/random-uuid";
import type { components } from "../api/schema";
import { useBoard, useWorkspace, type WorkspaceHere } from "../live/workspace";
import { announce } from "../parts/ui/announce";
import { IconButton } from "../parts/ui/button";
import { Dialog } from "../parts/ui/dialog";
import { useDraft } from "../parts/form/draft";
import {
  historyWords,
  ordinalWords,
  type Similar,
  type Subject,
  timesWords,
  REFERENCE_AFTER,
} from "../parts/data/explanations";
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
    <Dialog title="Note an explanation" close={close} wide>
      <Form action="Note it" send={send}>
        <Field
          name="words"
          label="What did you explain by talking?"
          hint="One line is enough. What comes up three times is worth writing down."
          autoComplete="off"
          required
          maxLength={200}
          draft={words}
          onInput={() => (same.value = null)}
        />
        {where.value && (
          <p class="came-up">
            <Icon of={MapPin} size={14} />
            <span class="ellipsis">Came up in {where.value.name}</span>
            <IconButton icon={X} label="Leave out where" onClick={() => (where.value = null)} />
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
          <h3>Written down already</h3>
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
          <legend>Is it one of these?</legend>
          {near.map(({ id, words, explanations }) => (
            <label key={id} class="choice">
              <input
                type="checkbox"
                checked={same.value === id}
                onChange={({ currentTarget }) => (same.value = currentTarget.checked ? id : null)}
              />
              {words} <span class="quiet">explained {timesWords(explanations.length)}</span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}

const alreadyWords = ({ explanations }: Subject) =>
  `Explained ${timesWords(explanations.length)} already`;

function AlreadyExplained({ subject }: { subject: Subject }) {
  const board = useBoard();
  const { explanations, reference_id, wanted_of, declined_at } = subject;
  const next = explanations.length + 1;
  const asks = next >= REFERENCE_AFTER && !reference_id && !wanted_of && !declined_at;
  return (
    <p>
      <strong>{alreadyWords(subject)}</strong>: {historyWords(explanations, board)}.
      {asks && ` This is the ${ordinalWords(next)} time: you will be asked to write it down.`}
    </p>
  );
}

/** Say what came of the note, and offer the next step. */
function announceResult(here: WorkspaceHere, { explanation, subject, is_wanted }: NotedExplanation, title?: string) {
  if (is_wanted) {
    const times = ordinalWords(subject.explanations.length);
    const run = () => navigate(here.pageUrl(`/references/new?subject=${subject.id}`));
    toast(`Noted. That was the ${times} time: write it down once`, {
      action: { name: "Write it down", run },
    });
    return;
  }
  const undo = () => {
    undoExplanation(here, explanation.id).then(
      () => toast("Taken back"),
      () => toast("The note could not be taken back", { kind: "bad" }),
    );
  };
  const says = title ? `Noted, and linked to “${title}”` : "Noted";
  toast(says, { action: { name: "Undo", run: undo, undoes: true } });
}
