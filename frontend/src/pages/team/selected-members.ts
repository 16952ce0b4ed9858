import { query, setQuery } from "../../router/router";

/** The members whom the address chooses, to be compared. */
export const selectedIds = (): string[] => query.value.get("with")?.split(",").filter(Boolean) ?? [];

/** Choose a member, or no longer. */
export function selectMember(id: string, wanted: boolean): void {
  const others = selectedIds().filter((other) => other !== id);
  setQuery({ with: (wanted ? [...others, id] : others).join(",") || null });
}
