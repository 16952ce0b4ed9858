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

/** The keycaps of a shortcut: `$mod+k` → `Ctrl`, `K`. */
export function keycaps(keys: string): string[] {
  const shown = keys === "Shift+?" ? "?" : keys;
  return shown.split(" ").flatMap((press) => press.split("+").map(nameOf));
}

function nameOf(key: string): string {
  return NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
