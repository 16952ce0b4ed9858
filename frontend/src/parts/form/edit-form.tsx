import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import common from "locale:common";
import { type Problem, Refusal } from "../../api/problem";
import { Form } from "./form";
import { useFocusWithin } from "./focus-within";
import { isSame, type Revised, saveOverOthers } from "../../live/save";
import { Panel } from "../ui/panel";

interface EditFormProps<T extends Revised> {
  /** The current document. */
  of: T;
  action: string;
  /** The document's fields as they are in the form. */
  fieldsIn: (form: FormData) => Partial<T>;
  /** Send the changed fields for that revision. Throws a Refusal. */
  send: (rev: number, changed: Partial<T>) => Promise<T>;
  /** Read the document from the server. Throws a Refusal. */
  read: () => Promise<T>;
  saved: (document: T) => Promise<void> | void;
  /** Renders the form's fields with the values of a document. */
  children: (document: T) => ComponentChildren;
}

/**
 * A form for a document that others edit too. It follows the document until someone focuses or
 * changes it. Only changed fields are sent, and someone else's change of the same field is shown at
 * that field before it is overwritten.
 */
export function EditForm<T extends Revised>(props: EditFormProps<T>) {
  const { of, action, fieldsIn, send, read, saved, children } = props;
  const { hasFocus, focusProps } = useFocusWithin();
  const isTouched = useSignal(false);
  const base = useRef(of);
  const begun = useRef({ document: of, times: 0 });
  if (!hasFocus && !isTouched.value && of.rev > base.current.rev) {
    base.current = of;
    begun.current = { document: of, times: begun.current.times + 1 };
  }
  const touch = () => {
    isTouched.value = true;
  };
  const submit = async (form: FormData) => {
    const typed = fieldsIn(form);
    const before = base.current;
    const fields = namesOf(typed).filter((name) => !isSame(typed[name], before[name]));
    const changed = Object.fromEntries(fields.map((name) => [name, typed[name]])) as Partial<T>;
    const sent = { base: before, fields, mine: changed, read };
    const outcome = await saveOverOthers<T>({ ...sent, send: (rev) => send(rev, changed) });
    if (outcome.kind === "conflict") {
      base.current = outcome.theirs;
      throw new Refusal(conflict(outcome.theirs, fields, changed));
    }
    base.current = outcome.document;
    isTouched.value = false;
    await saved(outcome.document);
  };
  return (
    // Clicks come from the buttons in the form, which have keys of their own.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div {...focusProps} onInput={touch} onChange={touch} onClick={(event) => isAct(event) && touch()}>
      <Form key={begun.current.times} action={action} send={submit}>
        {children(begun.current.document)}
      </Form>
    </div>
  );
}

/** A button of the form's own, such as one that adds a row, changes it as typing does. */
function isAct({ target }: MouseEvent): boolean {
  return (target as Element).closest("button[type=button]") !== null;
}

function conflict<T>(theirs: T, fields: readonly (keyof T)[], mine: Partial<T>): Problem {
  const touched = fields.filter((name) => !isSame(theirs[name], mine[name]));
  const errors = touched.map((name) => ({ field: String(name), reason: reasonOf(theirs[name]) }));
  const title = common.formChanged;
  return { type: "urn:dayline:problem:revision-changed", title, status: 412, errors };
}

function reasonOf(value: unknown): string {
  return typeof value === "string" ? common.fieldChangedTo({ value }) : common.fieldChanged;
}

const namesOf = <T extends object>(fields: Partial<T>) => Object.keys(fields) as (keyof T)[];

interface PanelProps<T extends Revised> extends EditFormProps<T> {
  title: string;
  wide?: boolean;
}

/** The same as a panel of its own. */
export function EditPanel<T extends Revised>({ title, wide, ...form }: PanelProps<T>) {
  return (
    <Panel title={title}>
      <div class={wide ? "panel-body settings-wide" : "panel-body"}>
        <EditForm<T> {...form} />
      </div>
    </Panel>
  );
}
