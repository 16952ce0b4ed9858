import { type Signal, useSignal } from "@preact/signals";
import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";
import common from "locale:common";
import { Refusal, requestIdOf, splitErrors, UNREACHABLE } from "../../api/problem";
import { Notice } from "../ui/notice";
import { validationMessage } from "./validation";

type Errors = ReadonlyMap<string, string>;

const FieldErrors = createContext<Signal<Errors> | null>(null);

/** The error of the form's field with this name, and a function that clears it. */
export function useFieldError(name: string): { error: string | undefined; clear: () => void } {
  const errors = useContext(FieldErrors);
  const error = errors?.value.get(name);
  const clear = () => {
    if (!errors?.value.has(name)) return;
    const left = new Map(errors.value);
    left.delete(name);
    errors.value = left;
  };
  return { error, clear };
}

/** The error of a field that isn't `Labelled`. */
export function FieldError({ name }: { name: string }) {
  const { error } = useFieldError(name);
  return error ? <p class="refused">{error}</p> : null;
}

/** The text of a form's field; empty if there is none. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

interface Props {
  /** Submits the values. A Refusal that it throws is shown, and nothing typed is lost. */
  send: (form: FormData) => Promise<void>;
  action: string;
  children: ComponentChildren;
  /** Beside the button. */
  aside?: ComponentChildren;
}

/**
 * A form with one submit button. Errors are shown at their fields, and the first one gets the
 * focus.
 */
export function Form({ send, action, children, aside }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const errors = useSignal<Errors>(new Map());
  const formErrors = useSignal<string[]>([]);
  const requestId = useSignal<string | null>(null);
  const busy = useSignal(false);

  useEffect(() => {
    if (errors.value.size > 0) focusFirst(form.current, errors.value);
  }, [errors.value]);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const sent = event.currentTarget as HTMLFormElement;
    const fields = fieldsOf(sent);
    if (busy.value) return;
    formErrors.value = [];
    errors.value = validationErrors(fields);
    if (errors.value.size > 0) return;
    busy.value = true;
    try {
      await send(new FormData(sent));
    } catch (fault) {
      const problem = fault instanceof Refusal ? fault.problem : unknown(fault);
      const split = splitErrors(problem, new Set(fields.map((field) => field.name)));
      errors.value = split.byField;
      formErrors.value = split.formErrors;
      requestId.value = requestIdOf(problem);
    } finally {
      busy.value = false;
    }
  };

  return (
    <FieldErrors.Provider value={errors}>
      <form class="form" ref={form} noValidate onSubmit={(event) => void submit(event)}>
        <Notice kind="bad" lines={formErrors.value} requestId={requestId.value} />
        {children}
        <div class="form-end">
          <button class="button primary" type="submit" aria-disabled={busy.value}>
            {action}
          </button>
          {aside}
        </div>
      </form>
    </FieldErrors.Provider>
  );
}

type FormField = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function fieldsOf(form: HTMLFormElement): FormField[] {
  const named = [...form.elements].filter((element) => "name" in element && element.name);
  return named as FormField[];
}

function validationErrors(fields: FormField[]): Errors {
  const all = fields.map((field) => [field.name, validationMessage(field)] as const);
  return new Map(all.filter(([, reason]) => reason));
}

function focusFirst(form: HTMLFormElement | null, errors: Errors): void {
  if (form) fieldsOf(form).find((field) => errors.has(field.name))?.focus();
}

function unknown(fault: unknown) {
  console.error(fault);
  return { ...UNREACHABLE, title: common.pageFault, detail: common.reloadAndTryAgain };
}
