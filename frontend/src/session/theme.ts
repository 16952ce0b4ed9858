import { signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";

const KEY = "dayline-theme";

/** The chosen theme; `system` follows the device. */
export const theme = signal<Theme>(stored());

function stored(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

/** Use that theme from now on. */
export function setTheme(chosen: Theme): void {
  theme.value = chosen;
  if (chosen === "system") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, chosen);
  applyTheme();
}

export function applyTheme(): void {
  const root = document.documentElement;
  if (theme.value === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme.value;
}
