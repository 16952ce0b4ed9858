import { minute } from "../../api/clock";
import type { Times } from "../../live/availability";
import type { Member } from "../../live/documents";
import { useBoard, useTeamHours } from "../../live/workspace";
import { Person } from "../../parts/people/avatar";
import { Chip } from "../../parts/ui/chip";
import { Panel } from "../../parts/ui/panel";
import { clockOf, localNow, timeWords } from "../../parts/time/times";
import { zoneName } from "../../parts/time/zones";

interface Line {
  member: Member;
  times: Times;
}

const MOST_NEXT = 3;

/** Who works now, and who starts next. */
export function NowPanel() {
  const { members } = useBoard();
  const lines: Line[] = [...useTeamHours().values()].flatMap((times) => {
    const member = members.get(times.member_id);
    return member ? [{ member, times }] : [];
  });
  const working = lines.filter(({ times }) => times.is_working);
  const next = lines.filter(({ times }) => !times.is_working && times.next_start).sort(bySoonest);
  return (
    <Panel title="Now">
      <ul class="rows" aria-label="Who works now">
        {working.map((line) => (
          <WorkingRow key={line.member.id} {...line} />
        ))}
        {working.length === 0 && <li class="quiet">Nobody works now.</li>}
      </ul>
      {next.length > 0 && (
        <p class="panel-body quiet starts-next">
          Starts next: {next.slice(0, MOST_NEXT).map(startWords).join("; ")}
        </p>
      )}
    </Panel>
  );
}

const bySoonest = (one: Line, other: Line) =>
  Date.parse(one.times.next_start?.at ?? "") - Date.parse(other.times.next_start?.at ?? "");

/** `Ned tomorrow 09:00 New York (16:00 on the team’s clock)`. */
function startWords({ member, times: { next_start, zone } }: Line): string {
  if (!next_start) return member.name;
  const now = minute.value;
  const own = timeWords(next_start.local, localNow(next_start.at, next_start.local, now));
  const team = timeWords(next_start.reference, localNow(next_start.at, next_start.reference, now));
  const aside = own === team ? "" : ` (${team} on the team’s clock)`;
  return `${member.name} ${own} ${zoneName(zone)}${aside}`;
}

function WorkingRow({ member, times }: Line) {
  const { now, zone, in_focus, intervals } = times;
  const end = intervals.findLast(({ start, end: until }) => {
    const at = minute.value;
    return Date.parse(start.at) <= at && at < Date.parse(until.at);
  })?.end;
  return (
    <li>
      <span class="main">
        <Person of={member} />
      </span>
      {in_focus && <Chip tone="info">Focus</Chip>}
      <span class="quiet">
        {clockOf(localNow(now.at, now.local, minute.value))} {zoneName(zone)}
        {end && `, until ${clockOf(end.local)}`}
      </span>
    </li>
  );
}
