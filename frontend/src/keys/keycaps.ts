const IS_MAC = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

const NAMES: Record<string, string> = {
  $mod: IS_MAC ? "⌘" : "Ctrl",
  Shift: "⇧",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

/** A key as it is written on keyboards: `$mod+k` → `Ctrl`, `K`; presses in a row follow each other. */
export function keycaps(keys: string): string[] {
  const shown = keys === "Shift+?" ? "?" : keys;
  return shown.split(" ").flatMap((press) => press.split("+").map(nameOf));
}

function nameOf(key: string): string {
  return NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
