import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import t from "locale:shell";
import type { Live } from "../live/live";
import type { Outbox } from "../live/outbox";
import { announce } from "../parts/ui/announce";
import { locale } from "../text/format";
import { OutboxStrip } from "./outbox-strip";

/** Shorter interruptions of the feed aren't shown. */
const GRACE_MS = 1000;

/**
 * Says that the page may be out of date while the feed is interrupted, and what waits to be sent.
 */
export function ConnectionStrip({ live, outbox }: { live: Live; outbox?: Outbox }) {
  const message = useSignal("");
  const away = live.status.value !== "live" && live.status.value !== "gone";
  useEffect(() => {
    if (!away) return undefined;
    const since = clockTime();
    const update = () => {
      message.value = navigator.onLine ? t.reconnecting : t.offlineSince({ time: since });
      announce(message.value);
    };
    const waiting = setTimeout(update, GRACE_MS);
    addEventListener("online", update);
    addEventListener("offline", update);
    return () => {
      clearTimeout(waiting);
      removeEventListener("online", update);
      removeEventListener("offline", update);
      if (message.value) announce(t.connectedAgain);
      message.value = "";
    };
  }, [away, message]);
  return (
    <>
      {message.value && (
        <section class="strip" aria-label={t.connection}>
          <p>{message}</p>
        </section>
      )}
      {outbox && <OutboxStrip outbox={outbox} away={Boolean(message.value)} />}
    </>
  );
}

/** The time of this device's clock. */
function clockTime(): string {
  const format = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return new Date().toLocaleTimeString(locale(), format);
}
