import type { Member } from "../../live/documents";

/** The recipients: mentioned people first, then added ones. */
export function selectRecipients(
  all: readonly Member[],
  handles: readonly string[],
  added: ReadonlySet<string>,
  removed: ReadonlySet<string>,
): readonly Member[] {
  const named = handles.flatMap((handle) => all.find((member) => member.handle === handle) ?? []);
  const others = [...added].flatMap((id) => all.find((member) => member.id === id) ?? []);
  return [...new Set([...named, ...others])].filter(({ id }) => !removed.has(id));
}
