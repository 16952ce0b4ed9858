import { useLayoutEffect, useRef } from "preact/hooks";
import t from "locale:shell";
import { answer, api } from "../api/client";
import { Refusal } from "../api/problem";
import { CancelButton } from "../parts/ui/cancel-button";
import { Dialog } from "../parts/ui/dialog";
import { Form, textOf } from "../parts/form/form";
import { CurrentPassword } from "../parts/form/password-fields";

const AGAIN = "/api/sessions/current/reauthentication";

interface Props {
  /** Called once with whether the password was given. */
  settle: (given: boolean) => void;
}

/** Asks for the password in a dialog over the current page. */
export default function Reauthentication({ settle }: Props) {
  const before = useRef(document.activeElement as HTMLElement | null);
  // The focus can go back only after the dialog has left the page.
  useLayoutEffect(() => () => queueMicrotask(() => before.current?.focus()), []);
  const send = async (form: FormData) => {
    const body = { password: textOf(form, "password") };
    try {
      await answer(api.POST(AGAIN, { body }));
    } catch (fault) {
      if (fault instanceof Refusal && fault.status === 401) settle(false);
      throw fault;
    }
    settle(true);
  };
  const cancel = () => settle(false);
  return (
    <Dialog title={t.confirmPassword} close={cancel}>
      <Form
        action={t.confirm}
        send={send}
        aside={<CancelButton close={cancel} />}
      >
        <p>{t.confirmPasswordWhy}</p>
        <CurrentPassword />
      </Form>
    </Dialog>
  );
}
