import { useMemo } from "preact/hooks";
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
      <NoToken title="Set up Dayline">
        Open the whole link that the server printed when it started. Where an owner was made
        already, sign in instead.
      </NoToken>
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
    <Page title="Set up Dayline" lead="Step 1 of 2: your account, the owner’s." narrow>
      <Form action="Continue" send={send}>
        <Field name="email" label="E-mail" type="email" autoComplete="username" required />
        <Field name="name" label="Your name" autoComplete="name" required maxLength={200} />
        <NewPassword name="password" label="Password" />
      </Form>
    </Page>
  );
}
