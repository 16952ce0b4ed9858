import common from "locale:common";

/** The message for a field's failed validation; empty if it is valid. */
export function validationMessage(
  field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
): string {
  const { validity } = field;
  if (validity.valid) return "";
  if (validity.valueMissing) return common.required;
  if (validity.typeMismatch && field.type === "email") return common.invalidEmail;
  if (validity.tooShort && "minLength" in field) return common.tooShort({ count: field.minLength });
  if (validity.patternMismatch && field.title) return field.title;
  return field.validationMessage;
}
