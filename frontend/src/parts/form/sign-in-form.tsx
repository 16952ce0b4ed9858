import { signIn } from "../../session/session";
import { Field } from "./field";
import { Form, textOf } from "./form";
import { CurrentPassword } from "./password-fields";

/** The sign-in form. With `email` only that account can sign in. */
export function SignInForm({ email }: { email?: string }) {
  return (
    <Form
      action="Sign in"
      send={(form) => signIn(textOf(form, "email"), textOf(form, "password"))}
    >
      <Field
        name="email"
        label="E-mail"
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
