import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Live } from "../live/live";
import type { Outbox } from "../live/outbox";
import { announce } from "../parts/ui/announce";
import { OutboxStrip } from "./outbox-strip";

/** Shorter interruptions of the feed aren't shown. */
const PATIENCE_MS = 1000;

/**
 * Says that the page may be out of date while the feed is interrupted, and what waits to be sent.
 */
export function ConnectionStrip({ live, outbox }: { live: Live; outbox?: Outbox }) {
  const says = useSignal("");
  const away = live.status.value !== "live" && live.status.value !== "gone";
  useEffect(() => {
    if (!away) return undefined;
    const since = clockTime();
    const tell = () => {
      says.value = navigator.onLine ? "Reconnecting…" : `Offline since ${since}, showing saved state`;
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
  }, [away, says]);
  return (
    <>
      {says.value && (
        <section class="strip" aria-label="Connection">
          <p>{says}</p>
        </section>
      )}
      {outbox && <OutboxStrip outbox={outbox} away={Boolean(says.value)} />}
    </>
  );
}

/** The time of this device's clock. */
function clockTime(): string {
  return new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
