import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Live } from "../live/live";
import { announce } from "./announce";

/** A feed that is back within this time was hardly away. */
const PATIENCE_MS = 1000;

/** Says that what is shown may be old, while the feed is away. */
export function LiveStrip({ live }: { live: Live }) {
  const says = useSignal("");
  const away = live.standing.value === "reconnecting";
  useEffect(() => {
    if (!away) return;
    const tell = () => {
      says.value = navigator.onLine
        ? "Reconnecting…"
        : `Offline since ${clockTime()}, showing what was last known`;
      announce(says.value);
    };
    const waiting = setTimeout(tell, PATIENCE_MS);
    addEventListener("online", tell);
    addEventListener("offline", tell);
    return () => {
      clearTimeout(waiting);
      removeEventListener("online", tell);
      removeEventListener("offline", tell);
      if (says.value) announce("Connected again");
      says.value = "";
    };
  }, [away]);
  return says.value ? <p class="strip">{says}</p> : null;
}

/** This device's wall clock, for what happened on this device. */
function clockTime(): string {
  return new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
