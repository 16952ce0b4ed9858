const MOST = 40;

/** A slug made from a name: lower-case Latin letters, digits and single hyphens. */
export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return trimmed(plain.replace(/[^a-z0-9]+/g, "-"));
}

function trimmed(text: string): string {
  return text.replace(/^-+/, "").slice(0, MOST).replace(/-+$/, "");
}

/** A handle made from a person's first name, or from their email address. */
export function handleOf(name: string, email = ""): string {
  return slugOf(name.split(/\s+/)[0] ?? "") || slugOf(email.split("@")[0] ?? "");
}

/** A project's key made from its name: initials of several words, else the first letters. */
export function keyOf(name: string): string {
  const words = slugOf(name).split("-").filter((word) => /^[a-z]/.test(word));
  const initials = words.map((word) => word.charAt(0)).join("");
  const key = words.length > 1 ? initials : (words[0] ?? "").slice(0, 3);
  return key.slice(0, 10).toUpperCase();
}
