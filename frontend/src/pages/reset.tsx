import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import common from "locale:common";
import t from "locale:entry";
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
      <NoToken title={t.newPasswordTitle}>{t.resetNoToken}</NoToken>
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
      <Page title={t.passwordSet} narrow key="done">
        <p>{t.signedOutEverywhere}</p>
        <p>
          <a class="button primary" href="/">
            {common.signIn}
          </a>
        </p>
      </Page>
    );
  }
  return (
    <Page
      title={t.newPasswordTitle}
      lead={t.resetMeans}
      narrow
      key="form"
    >
      <Form action={t.setPassword} send={send}>
        <NewPassword name="new_password" label={t.newPassword} />
      </Form>
    </Page>
  );
}
