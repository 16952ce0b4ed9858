import { useMemo } from "preact/hooks";
import common from "locale:common";
import t from "locale:entry";
import { answer, api } from "../api/client";
import { navigate } from "../router/router";
import { takeLinkToken } from "../router/link-token";
import { account } from "../session/session";
import { Field } from "../parts/form/field";
import { Form, textOf } from "../parts/form/form";
import { NewPassword } from "../parts/form/password-fields";
import { NoToken } from "../parts/ui/no-token";
import { Page } from "../parts/ui/page";

/** The first run: creates the owner's account by the printed link. */
export function Setup() {
  const token = useMemo(takeLinkToken, []);
  if (token === null) {
    return (
      <NoToken title={t.setUp}>{t.setUpNoToken}</NoToken>
    );
  }
  const send = async (form: FormData) => {
    const body = {
      token,
      email: textOf(form, "email"),
      name: textOf(form, "name"),
      password: textOf(form, "password"),
    };
    account.value = await answer(api.POST("/api/setup", { body }));
    navigate("/new", { replace: true });
  };
  return (
    <Page title={t.setUp} lead={t.setUpStep} narrow>
      <Form action={t.continue} send={send}>
        <Field name="email" label={common.email} type="email" autoComplete="username" required />
        <Field name="name" label={t.yourName} autoComplete="name" required maxLength={200} />
        <NewPassword name="password" label={common.password} />
      </Form>
    </Page>
  );
}
