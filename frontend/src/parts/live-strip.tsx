import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Live } from "../live/live";

/** Says that what is shown may be old, while the feed is away. */
export function LiveStrip({ live }: { live: Live }) {
  const offlineSince = useSignal<string | null>(navigator.onLine ? null : clockTime());
  useEffect(() => {
    const offline = () => {
      offlineSince.value = clockTime();
    };
    const online = () => {
      offlineSince.value = null;
    };
    addEventListener("offline", offline);
    addEventListener("online", online);
    return () => {
      removeEventListener("offline", offline);
      removeEventListener("online", online);
    };
  }, []);
  const away = live.standing.value === "reconnecting";
  return (
    <div role="status">
      {away && (
        <p class="strip">
          {offlineSince.value
            ? `Offline since ${offlineSince.value}, showing what was last known`
            : "Reconnecting…"}
        </p>
      )}
    </div>
  );
}

/** This device's wall clock, for what happened on this device. */
function clockTime(): string {
  return new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
