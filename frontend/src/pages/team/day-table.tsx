import t from "locale:team";
import { minute } from "../../api/clock";
import { useBoard } from "../../live/workspace";
import { Avatar } from "../../parts/people/avatar";
import { Panel } from "../../parts/ui/panel";
import { clockOf } from "../../parts/time/times";
import { zoneName } from "../../parts/time/zones";
import { selectMember, selectedIds } from "./selected-members";
import { dayInWords, type Hour, hoursOf, nowWithin } from "./hours";
import type { MemberDay, TeamDay } from "./data";

/** A row for each person and a column for each hour, in the person's local time. */
export function DayTable({ day }: { day: TeamDay }) {
  const passed = nowWithin(day, minute.value);
  const nowAt = passed === null ? null : (passed / 100) * day.hours.length;
  return (
    <Panel title={t.hours} aside={<Legend />}>
      <div class="day-scroll" tabIndex={0} role="region" aria-label={t.teamHours}>
        <table class="day">
          <thead>
            <tr>
              <th scope="col">{zoneName(day.reference_zone)}</th>
              {day.hours.map(({ at, reference }, index) => (
                <th key={at} scope="col" {...nowIn(nowAt, index)}>
                  {clockOf(reference).slice(0, 2)}
                  {nowAt !== null && Math.floor(nowAt) === index && (
                    <span class="unseen"> {t.currentHour}</span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {day.members.map((member) => (
              <MemberRow key={member.member_id} day={day} member={member} nowAt={nowAt} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** The current hour shows a line at the current time. */
function nowIn(nowAt: number | null, index: number) {
  if (nowAt === null || Math.floor(nowAt) !== index) return {};
  return { class: "now", style: { "--passed": `${Math.round((nowAt - index) * 100)}%` } };
}

interface RowProps {
  day: TeamDay;
  member: MemberDay;
  nowAt: number | null;
}

function MemberRow({ day, member, nowAt }: RowProps) {
  const { members } = useBoard();
  const card = members.get(member.member_id);
  if (!card) return null;
  const isChosen = selectedIds().includes(member.member_id);
  return (
    <tr class={isChosen ? "chosen" : ""}>
      <th scope="row">
        <label class="day-person">
          <input
            type="checkbox"
            aria-label={t.compareMember({ name: card.name })}
            checked={isChosen}
            onChange={({ currentTarget }) => selectMember(member.member_id, currentTarget.checked)}
          />
          <Avatar of={card} />
          <span class="day-name">
            <span class="strong">{card.name}</span>
            <span class="quiet">
              {zoneName(member.zone)} · {dayInWords(member)}
            </span>
          </span>
        </label>
      </th>
      {hoursOf(day, member).map((hour, index) => (
        <HourCell key={day.hours[index]?.at} hour={hour} now={nowIn(nowAt, index)} />
      ))}
    </tr>
  );
}

function HourCell({ hour, now }: { hour: Hour; now: ReturnType<typeof nowIn> }) {
  const { words, standing, midnight } = hour;
  const look = ["hour", standing, midnight ? "midnight" : "", now.class ?? ""].join(" ");
  return (
    <td {...now} class={look} title={t.hourIs({ hour: words, standing })}>
      <span class="hour-words">
        {words.slice(0, 2)}
        {words.length > 2 && <span class="minutes">{words.slice(2)}</span>}
      </span>
      {standing !== "free" && <span class="unseen"> {t.standing({ standing })}</span>}
    </td>
  );
}

function Legend() {
  return (
    <ul class="legend" aria-label={t.legend}>
      {(["working", "focus", "off"] as const).map((standing) => (
        <li key={standing}>
          <span class={`hour sample ${standing}`} aria-hidden="true" />
          {t.standing({ standing })}
        </li>
      ))}
    </ul>
  );
}
