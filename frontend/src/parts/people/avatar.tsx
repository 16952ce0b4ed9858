import type { Member } from "../../live/documents";

/** A person's initials in a colour of their own. Show the name next to it. */
export function Avatar({ of, size = 20 }: { of: Pick<Member, "id" | "name">; size?: 20 | 24 | 28 }) {
  return (
    <span
      class={`avatar hue-${hueOf(of.id)} size-${size}`}
      data-initials={initialsOf(of.name)}
      aria-hidden="true"
    />
  );
}

const HUES = 6;

function hueOf(id: string): number {
  return Number.parseInt(id.replaceAll("-", "").slice(-4), 16) % HUES || 0;
}

/** `Olena Koval` → `OK`; one word gives one letter, in any script. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => Array.from(word ?? "")[0] ?? "").join("").toUpperCase();
}

/** A person's avatar and name. */
export function Person({ of }: { of: Pick<Member, "id" | "name"> }) {
  return (
    <span class="person">
      <Avatar of={of} />
      <span class="ellipsis" dir="auto">{of.name}</span>
    </span>
  );
}
