import common from "locale:common";
import { Field } from "./field";

/** A field for a new password, with its rule as a hint. */
export function NewPassword({ name, label }: { name: string; label: string }) {
  return (
    <Field
      name={name}
      label={label}
      type="password"
      autoComplete="new-password"
      required
      minLength={12}
      maxLength={128}
      hint={common.passwordHint}
    />
  );
}

interface PasswordProps {
  name?: string;
  label?: string;
}

/** A field for the password that the account has now. */
export function CurrentPassword({ name = "password", label = common.password }: PasswordProps) {
  return (
    <Field name={name} label={label} type="password" autoComplete="current-password" required />
  );
}
