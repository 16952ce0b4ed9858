/**
 * What the keyboard can do now. Whoever shows something registers its commands; the palette and
 * the help are made from the same list. The topmost layer that knows a key has it; a modal layer
 * hides what lies below.
 */

import { effect, signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { IconNode } from "lucide";
import { createKeybindingsHandler } from "tinykeys";

export interface Command {
  /** What it does, as a button would say it: `New task`. */
  name: string;
  /** In the notation of tinykeys: `c`, `g b`, `$mod+k`. Any of them does it. */
  keys?: readonly string[];
  /** Where the help lists it. */
  group: string;
  run: () => void;
  icon?: IconNode;
  /** Only a key: moving in a list, say, is nothing to choose in the palette. */
  hidden?: boolean;
  /** Whether its key does it now; else the key is that of what lies below. */
  when?: () => boolean;
  /** It also works while somebody types: keys with Ctrl or ⌘. */
  typing?: boolean;
}

/** Where a layer lies: `app` below all others, `modal` above them, hiding what lies below. */
type Level = "app" | "page" | "modal";

interface Layer {
  commands: () => readonly Command[];
  level: Level;
}

const layers = signal<readonly Layer[]>([]);

const STORAGE_KEY = "dayline-single-keys";

/** Whether letters alone do something; who speaks to the computer turns that off. */
export const singleKeys = signal(localStorage.getItem(STORAGE_KEY) !== "off");

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  if (on) localStorage.removeItem(STORAGE_KEY);
  else localStorage.setItem(STORAGE_KEY, "off");
}

/** What can be done now, the nearest first. */
export function commandsNow(): readonly Command[] {
  const reachable: Command[] = [];
  for (const layer of [...layers.value].reverse()) {
    reachable.push(...layer.commands());
    if (layer.level === "modal") break;
  }
  return reachable;
}

/** Offer commands for as long as the component is shown. */
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

/** Whether a key needs no modifier: WCAG 2.1.4 wants those to be turned off. */
export const isSingle = (keys: string): boolean => !/\$mod|Control|Alt|Meta|Escape/.test(keys);

/** The command that a key has now. */
export function commandFor(keys: string): Command | undefined {
  return commandsNow().find(({ keys: own, when }) => own?.includes(keys) && (when?.() ?? true));
}

/** Listen for as long as the page lives. */
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

/** A longer sequence comes first: after `g`, `b` is no longer a key of its own. */
function handlers(known: string[]): Record<string, (event: KeyboardEvent) => void> {
  known.sort((a, b) => b.split(" ").length - a.split(" ").length);
  return Object.fromEntries(known.map((keys) => [keys, (event) => press(keys, event)]));
}

function press(keys: string, event: KeyboardEvent): void {
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
