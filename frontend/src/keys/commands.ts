/**
 * Keyboard commands. Components register theirs while they are mounted; the palette and the help
 * list the same commands. The topmost layer with a key gets it, and a modal layer hides those
 * below.
 */

import { effect, signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { IconNode } from "lucide";
import { createKeybindingsHandler } from "tinykeys";

export interface Command {
  /** Its name, as a button would say it: `New task`. */
  name: string;
  /** Its keys as tinykeys writes them: `c`, `g b`, `$mod+k`. */
  keys?: readonly string[];
  /** Its heading in the help. */
  group: string;
  run: () => void;
  icon?: IconNode;
  /** Leave it out of the palette, such as moving in a list. */
  hidden?: boolean;
  /** Whether its key works now. Otherwise the layer below gets the key. */
  when?: () => boolean;
  /** Its key also works in text fields, such as those with Ctrl or ⌘. */
  typing?: boolean;
}

/** The place of a layer: `app` is the lowest, `modal` hides those below. */
type Level = "app" | "page" | "modal";

interface Layer {
  commands: () => readonly Command[];
  level: Level;
}

const layers = signal<readonly Layer[]>([]);

const STORAGE_KEY = "dayline-single-keys";

/** Whether single-key shortcuts are on. People who use voice control turn them off. */
export const singleKeys = signal(localStorage.getItem(STORAGE_KEY) !== "off");

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  if (on) localStorage.removeItem(STORAGE_KEY);
  else localStorage.setItem(STORAGE_KEY, "off");
}

/** The commands that can be used now, topmost layer first. */
export function commandsNow(): readonly Command[] {
  const reachable: Command[] = [];
  for (const layer of [...layers.value].reverse()) {
    reachable.push(...layer.commands());
    if (layer.level === "modal") break;
  }
  return reachable;
}

/** Register commands while the component is mounted. */
export function useCommands(commands: readonly Command[], level: Level = "page"): void {
  const latest = useRef(commands);
  latest.current = commands;
  const keys = commands.flatMap((command) => command.keys ?? []).join(" , ");
  useLayoutEffect(() => {
    const layer: Layer = { commands: () => latest.current, level };
    // A page may be there before the frame around it.
    layers.value = level === "app" ? [layer, ...layers.peek()] : [...layers.peek(), layer];
    return () => {
      layers.value = layers.peek().filter((other) => other !== layer);
    };
  }, [keys, level]);
}

/** Whether a key needs no modifier. WCAG 2.1.4 asks for a way to turn such keys off. */
export const isSingle = (keys: string): boolean => !/\$mod|Control|Alt|Meta|Escape/.test(keys);

/** The command that a key runs now. */
function commandFor(keys: string): Command | undefined {
  return commandsNow().find(({ keys: own, when }) => own?.includes(keys) && (when?.() ?? true));
}

/** Handle keys from now on. */
export function startKeys(): void {
  let handle: EventListener = () => undefined;
  effect(() => {
    const known = new Set(layers.value.flatMap((layer) => layer.commands()).flatMap(keysOf));
    handle = createKeybindingsHandler(handlers([...known]));
  });
  addEventListener("keydown", (event) => {
    if (!event.isComposing && !event.defaultPrevented) handle(event);
  });
}

const keysOf = (command: Command): readonly string[] => command.keys ?? [];

/** Longer sequences come first, so that `b` after `g` isn't handled as `b`. */
function handlers(known: string[]): Record<string, (event: KeyboardEvent) => void> {
  known.sort((a, b) => b.split(" ").length - a.split(" ").length);
  return Object.fromEntries(known.map((keys) => [keys, (event) => runCommand(keys, event)]));
}

function runCommand(keys: string, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const command = commandFor(keys);
  if (!command) return;
  if (isSingle(keys) && !singleKeys.peek()) return;
  if (isTyping(event.target) && !command.typing) return;
  event.preventDefault();
  command.run();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox])"))
  );
}
