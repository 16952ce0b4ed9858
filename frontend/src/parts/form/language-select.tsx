import common from "locale:common";
import { LANGUAGES, namedLanguages } from "../../text/language";
import { Select } from "./select";

interface Props {
  name: string;
  value: string | null;
  /** What no choice means; where one must be chosen, it is left out. */
  none?: string;
  hint: string;
}

/** A choice of the languages that Dayline speaks, each by its own name for itself. */
export function LanguageSelect({ name, value, none, hint }: Props) {
  return (
    <Select name={name} label={common.language} value={value ?? ""} hint={hint}>
      {none !== undefined && <option value="">{none}</option>}
      {namedLanguages.map((code) => (
        <option key={code} value={code} lang={code} selected={code === value}>
          {LANGUAGES[code].name}
        </option>
      ))}
    </Select>
  );
}
