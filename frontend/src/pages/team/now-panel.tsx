import t from "locale:team";
import { minute } from "../../api/clock";
import type { Times } from "../../live/availability";
import type { Member } from "../../live/documents";
import { useBoard, useTeamHours } from "../../live/workspace";
import { Person } from "../../parts/people/avatar";
import { Chip } from "../../parts/ui/chip";
import { Panel } from "../../parts/ui/panel";
import { clockOf, localNow, timeWords } from "../../parts/time/times";
import { zoneName } from "../../parts/time/zones";
import { list } from "../../text/format";

interface Line {
  member: Member;
  times: Times;
}

const MOST_NEXT = 3;

/** Who is working now, and who starts next. */
export function NowPanel() {
  const { members, workspace } = useBoard();
  const lines: Line[] = [...useTeamHours().values()].flatMap((times) => {
    const member = members.get(times.member_id);
    return member ? [{ member, times }] : [];
  });
  const startWords = (line: Line) => startWordsOf(line, workspace.reference_zone);
  const working = lines.filter(({ times }) => times.is_working);
  const next = lines.filter(({ times }) => !times.is_working && times.next_start).sort(bySoonest);
  return (
    <Panel title={t.now}>
      <ul class="rows" aria-label={t.workingNow}>
        {working.map((line) => (
          <WorkingRow key={line.member.id} {...line} />
        ))}
        {working.length === 0 && <li class="quiet">{t.noOneWorking}</li>}
      </ul>
      {next.length > 0 && (
        <p class="panel-body quiet starts-next">
          {t.startNext({ people: list(next.slice(0, MOST_NEXT).map(startWords)) })}
        </p>
      )}
    </Panel>
  );
}

const bySoonest = (one: Line, other: Line) =>
  Date.parse(one.times.next_start?.at ?? "") - Date.parse(other.times.next_start?.at ?? "");

/** `Ned tomorrow 09:00 in New York (16:00 in Kyiv)`, the latter in the team's zone. */
function startWordsOf({ member, times }: Line, teamZone: string): string {
  const { name } = member;
  const { next_start, zone } = times;
  if (!next_start) return name;
  const whenIn = (local: string) =>
    timeWords(local, localNow(next_start.at, local, minute.value));
  const when = whenIn(next_start.local);
  const teamTime = whenIn(next_start.reference);
  const place = zoneName(zone);
  if (when === teamTime) return t.starts({ name, when, place });
  return t.startsBoth({ name, when, place, teamTime, teamPlace: zoneName(teamZone) });
}

function WorkingRow({ member, times }: Line) {
  const { now, zone, in_focus, intervals } = times;
  const end = intervals.findLast(({ start, end: until }) => {
    const at = minute.value;
    return Date.parse(start.at) <= at && at < Date.parse(until.at);
  })?.end;
  const time = clockOf(localNow(now.at, now.local, minute.value));
  const place = zoneName(zone);
  return (
    <li>
      <span class="main">
        <Person of={member} />
      </span>
      {in_focus && <Chip tone="info">{t.focusTime}</Chip>}
      <span class="quiet">
        {end
          ? t.timeInPlaceUntil({ time, place, end: clockOf(end.local) })
          : t.timeInPlace({ time, place })}
      </span>
    </li>
  );
}
