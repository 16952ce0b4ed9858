import { CircleAlert, CirclePause, Clock, Hourglass, type IconNode } from "lucide";
import { minute } from "../../api/clock";
import type { Timer } from "../../live/documents";
import { useTeamHours } from "../../live/workspace";
import { Chip } from "../ui/chip";
import t from "locale:time";
import { countdownOf, dateTimeWords } from "./times";
import { zoneName } from "./zones";

const ICONS: Record<string, IconNode> = { bad: CircleAlert, warn: Hourglass, info: Clock };

/** The time left for an answer, in the recipient's working time: `48 min left`. */
export function Countdown({ timer }: { timer: Timer }) {
  const times = useTeamHours().get(timer.recipient_id);
  const countdown = countdownOf(timer, minute.value, times);
  if (!countdown) return null;
  const { words, tone } = countdown;
  return (
    <Chip tone={tone} icon={ICONS[tone] ?? CirclePause} title={dueTooltip(timer)}>
      {words}
    </Chip>
  );
}

/** `Due Fri 22 May 14:30 in New York`. */
function dueTooltip({ local, zone }: Timer): string {
  if (!local.due_at) return "";
  return t.dueInPlace({ when: dateTimeWords(local.due_at), place: zoneName(zone) });
}
