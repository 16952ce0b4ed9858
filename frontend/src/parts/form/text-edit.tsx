import { useLayoutEffect, useRef } from "preact/hooks";
import common from "locale:common";
import type { Saved } from "../../live/save";
import { Button } from "../ui/button";
import { ConflictNotice } from "./conflict-notice";
import { useDraft } from "./draft";
import { Editor } from "./editor";
import { ErrorNotice } from "../ui/error-notice";
import { KeyHint } from "../ui/key-hint";
import { useSaveAttempt } from "./save-attempt";
import "./text-edit.css";

interface Props<T> {
  label: string;
  /** The name of the draft. */
  field: string;
  initial: string;
  placeholder?: string;
  rows?: number;
  /** Save it; `over` is the version that it replaces, where someone else saved one meanwhile. */
  save: (text: string, over?: T) => Promise<Saved<T>>;
  /** The text in another version of the document. */
  textIn: (theirs: T) => string;
  close: () => void;
}

/** Edits a text in place. What is typed is kept; where two people edit, both versions are shown. */
export function TextEdit<T>({ label, field, initial, save, textIn, close, ...editor }: Props<T>) {
  const draft = useDraft(field, initial);
  const saved = useRef<T | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.querySelector("textarea")?.focus(), []);
  const { run, busy, problem, theirs } = useSaveAttempt<T>((over) =>
    save(draft.text.peek().trim(), over ?? saved.current),
  );
  const finish = () => {
    draft.clear();
    close();
  };
  const send = async () => {
    const typed = draft.text.peek();
    const document = await run();
    if (document === null) return;
    if (draft.text.peek() === typed) return finish();
    saved.current = document; // what was typed meanwhile is still to be saved
    draft.markSaved(typed);
  };
  const cancel = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  };
  return (
    <div class="text-edit" ref={box} onKeyDown={cancel}>
      {theirs.value && (
        <ConflictNotice text={textIn(theirs.value)}>
          <Button small onClick={finish}>
            {common.acceptTheirs}
          </Button>
        </ConflictNotice>
      )}
      {problem.value && (
        <ErrorNotice
          what={common.couldNotSave}
          problem={problem.value}
          kept={common.keptInBrowser}
          retry={() => void send()}
        />
      )}
      <Editor label={label} text={draft.text} send={() => void send()} {...editor} />
      <div class="form-end">
        <Button kind="primary" small busy={busy.value} onClick={() => void send()}>
          {theirs.value ? common.saveMine : common.save}
        </Button>
        <Button small kind="quiet" onClick={finish}>
          {common.cancel}
        </Button>
        <KeyHint keys="$mod+Enter" />
        {draft.restored && draft.text.value !== initial && (
          <span class="quiet">{common.notSavedYet}</span>
        )}
      </div>
    </div>
  );
}
