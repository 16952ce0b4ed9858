import common from "locale:common";
import { Field } from "../form/field";

interface Props {
  defaultValue?: string;
  value?: string;
  onInput?: (handle: string) => void;
}

/** The name by which a member is mentioned. */
export function HandleField({ onInput, ...value }: Props) {
  return (
    <Field
      {...value}
      name="handle"
      label={common.yourHandle}
      autoComplete="off"
      autoCapitalize="none"
      spellcheck={false}
      required
      maxLength={40}
      onInput={({ currentTarget }) => onInput?.(currentTarget.value)}
      hint={common.handleHint}
    />
  );
}
