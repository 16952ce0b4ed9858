import { query, setQuery } from "../../router/router";

/** The members that the URL selects for comparison. */
export const selectedIds = (): string[] => query.value.get("with")?.split(",").filter(Boolean) ?? [];

/** Select or deselect a member. */
export function selectMember(id: string, wanted: boolean): void {
  const others = selectedIds().filter((other) => other !== id);
  setQuery({ with: (wanted ? [...others, id] : others).join(",") || null });
}
