import { CircleAlert, CirclePause, Clock, Hourglass, type IconNode } from "lucide";
import { minute } from "../../api/clock";
import type { Timer } from "../../live/documents";
import { useTeamHours } from "../../live/workspace";
import { Chip } from "../ui/chip";
import t from "locale:time";
import { countdownOf, dateTimeWords, placedWords } from "./times";
import { useMyZone } from "./when";

const ICONS: Record<string, IconNode> = { bad: CircleAlert, warn: Hourglass, info: Clock };

interface Props {
  timer: Timer;
  /** Whether the due time stands beside it. */
  seesDue?: boolean;
}

/** The time left for an answer, in the recipient's working time: `48 min left`. */
export function Countdown({ timer, seesDue = false }: Props) {
  const times = useTeamHours().get(timer.recipient_id);
  const zone = useMyZone();
  const countdown = countdownOf(timer, minute.value, times, { zone, seesDue });
  if (!countdown) return null;
  const { words, tone } = countdown;
  return (
    <Chip tone={tone} icon={ICONS[tone] ?? CirclePause} title={dueTooltip(timer, zone)}>
      {words}
    </Chip>
  );
}

/** `Due Fri 22 May 14:30 in New York`. */
function dueTooltip({ local, zone }: Timer, mine: string): string {
  if (!local.due_at) return "";
  return t.due({ when: placedWords(dateTimeWords(local.due_at), zone, { zone: mine }) });
}
