/** The message for a field's failed validation; empty if it is valid. */
export function validationMessage(
  field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
): string {
  const { validity } = field;
  if (validity.valid) return "";
  if (validity.valueMissing) return "Fill this in.";
  if (validity.typeMismatch && field.type === "email") {
    return "Write an e-mail address, like you@example.org.";
  }
  if (validity.tooShort && "minLength" in field) {
    return `Use at least ${field.minLength} characters.`;
  }
  if (validity.patternMismatch && field.title) return field.title;
  return field.validationMessage;
}
