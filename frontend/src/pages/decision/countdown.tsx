import { useComputed } from "@preact/signals";
import { useWorkspace } from "../../live/workspace";
import { Countdown } from "../../parts/time/countdown";
import type { DecisionProps } from "./data";

/** How long someone still has to answer, in their working time. */
export function AskedCountdown({ decision, memberId }: DecisionProps & { memberId: string }) {
  const timers = useWorkspace().live.list("timers");
  const timer = useComputed(() =>
    [...timers.value.values()].find(
      ({ message_id, recipient_id }) =>
        message_id === decision.message_id && recipient_id === memberId,
    ),
  ).value;
  return timer ? <Countdown timer={timer} /> : null;
}
