import common from "locale:common";
import { signIn } from "../../session/session";
import { Field } from "./field";
import { Form, textOf } from "./form";
import { CurrentPassword } from "./password-fields";

/** The sign-in form. With `email` only that account can sign in. */
export function SignInForm({ email }: { email?: string }) {
  return (
    <Form
      action={common.signIn}
      send={(form) => signIn(textOf(form, "email"), textOf(form, "password"))}
    >
      <Field
        name="email"
        label={common.email}
        type="email"
        autoComplete="username"
        required
        defaultValue={email}
        readOnly={email !== undefined}
      />
      <CurrentPassword />
    </Form>
  );
}
