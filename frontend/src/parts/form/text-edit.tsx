import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type Problem, problemIn } from "../../api/problem";
import type { Outcome } from "../../live/edits";
import { Button } from "../ui/button";
import { useDraft } from "./draft";
import { Editor } from "./editor";
import { ErrorNotice } from "../ui/error-notice";
import { KeyHint } from "../ui/key-hint";
import { Notice } from "../ui/notice";
import "./text-edit.css";

interface Props<T> {
  label: string;
  /** The name of its draft. */
  field: string;
  initial: string;
  placeholder?: string;
  rows?: number;
  /** Save it; `over` is what somebody else wrote meanwhile, where one saw that. */
  save: (text: string, over?: T) => Promise<Exclude<Outcome<T>, { kind: "refused" }>>;
  /** The same text in another document. */
  textIn: (theirs: T) => string;
  close: () => void;
}

/** Editing a text in place: kept while one types, and both versions shown where two did. */
export function TextEdit<T>({ label, field, initial, save, textIn, close, ...editor }: Props<T>) {
  const draft = useDraft(field, initial);
  const theirs = useSignal<T | null>(null);
  const saved = useRef<T | undefined>(undefined);
  const problem = useSignal<Problem | null>(null);
  const busy = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.querySelector("textarea")?.focus(), []);
  const finish = () => {
    draft.clear();
    close();
  };
  /** One typed on while it was saved: that is still to be saved. */
  const continueFrom = (document: T, typed: string) => {
    saved.current = document;
    theirs.value = null;
    draft.settle(typed);
  };
  const send = async () => {
    if (busy.peek()) return;
    busy.value = true;
    problem.value = null;
    try {
      const typed = draft.text.peek();
      const outcome = await save(typed.trim(), theirs.peek() ?? saved.current);
      if (outcome.kind === "conflict") theirs.value = outcome.theirs;
      else if (draft.text.peek() === typed) finish();
      else continueFrom(outcome.document, typed);
    } catch (fault) {
      problem.value = problemIn(fault);
    } finally {
      busy.value = false;
    }
  };
  const cancel = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  };
  return (
    <div class="text-edit" ref={box} onKeyDown={cancel}>
      {theirs.value && <ConflictNotice text={textIn(theirs.value)} take={finish} />}
      {problem.value && (
        <ErrorNotice
          what={`${label} was not saved.`}
          problem={problem.value}
          kept="Your text is kept in this browser."
          retry={() => void send()}
        />
      )}
      <Editor label={label} text={draft.text} send={() => void send()} {...editor} />
      <div class="form-end">
        <Button kind="primary" small busy={busy.value} onClick={() => void send()}>
          {theirs.value ? "Save mine instead" : "Save"}
        </Button>
        <Button small kind="quiet" onClick={finish}>
          Cancel
        </Button>
        <KeyHint keys="$mod+Enter" />
        {draft.restored && draft.text.value !== initial && (
          <span class="quiet">Not saved yet: kept from before</span>
        )}
      </div>
    </div>
  );
}

/** What somebody else wrote while I typed. */
function ConflictNotice({ text, take }: { text: string; take: () => void }) {
  return (
    <Notice kind="warn" lines={["Somebody changed this while you typed. It now says:"]}>
      <blockquote class="their-version">{text || "Nothing"}</blockquote>
      <Button small onClick={take}>
        Keep theirs
      </Button>
    </Notice>
  );
}
