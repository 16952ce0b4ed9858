import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { answer, api } from "../api/client";
import { takeLinkToken } from "../router/link-token";
import { endSession } from "../session/session";
import { Form, textOf } from "../parts/form/form";
import { NewPassword } from "../parts/form/password-fields";
import { NoToken } from "../parts/ui/no-token";
import { Page } from "../parts/ui/page";

/** Sets a new password by a one-time link. */
export function Reset() {
  const token = useMemo(takeLinkToken, []);
  const done = useSignal(false);
  if (token === null) {
    return (
      <NoToken title="Set a new password">
        Open the whole link that you were given. It works once, for 24 hours.
      </NoToken>
    );
  }
  const send = async (form: FormData) => {
    const body = { token, new_password: textOf(form, "new_password") };
    await answer(api.POST("/api/password-resets", { body }));
    endSession();
    done.value = true;
  };
  if (done.value) {
    return (
      <Page title="Your password is set" narrow key="done">
        <p>You were signed out everywhere, and your access tokens were revoked.</p>
        <p>
          <a class="button primary" href="/">
            Sign in
          </a>
        </p>
      </Page>
    );
  }
  return (
    <Page
      title="Set a new password"
      lead="This signs you out everywhere and revokes your access tokens."
      narrow
      key="form"
    >
      <Form action="Set password" send={send}>
        <NewPassword name="new_password" label="New password" />
      </Form>
    </Page>
  );
}
