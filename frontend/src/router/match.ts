/** The values that a path has for a pattern such as `/w/:slug`; null where it doesn't match. */
export function match(pattern: string, actual: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = actual.replace(/(?<=.)\/$/, "").split("/");
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":") && value) values[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return values;
}
