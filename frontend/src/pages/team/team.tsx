import { ChevronLeft, ChevronRight } from "lucide";
import t from "locale:team";
import common from "locale:common";
import { minute } from "../../api/clock";
import { query, setQuery } from "../../router/router";
import { useBoard } from "../../live/workspace";
import { Button, IconButton } from "../../parts/ui/button";
import { Page } from "../../parts/ui/page";
import { StableInput } from "../../parts/form/stable-input";
import { dateWords, localDate } from "../../parts/time/times";
import { zoneName } from "../../parts/time/zones";
import { CalendarLink } from "./calendar-link";
import { DayTable } from "./day-table";
import { dateBeside } from "./hours";
import { NowPanel } from "./now-panel";
import { OverlapPanel } from "./overlap-panel";
import { type TeamDay, useTeamDay } from "./data";
import { LoadStatus } from "../../parts/data/load-status";
import "./team.css";

/** Who works when: a date of the team time zone by the hour, in everyone's local time. */
export default function Team() {
  const { me } = useBoard();
  const read = useTeamDay(query.value.get("on"));
  const day = read.data.value;
  return (
    <Page
      title={t.team}
      lead={day && <Lead day={day} />}
      aside={day && <DateChoice day={day} />}
    >
      <LoadStatus of={read} what={t.couldNotLoad} rows={6} />
      {day && (
        <>
          <NowPanel />
          <DayTable day={day} />
          {me.role !== "guest" && <OverlapPanel day={day} />}
          <CalendarLink />
        </>
      )}
    </Page>
  );
}

function Lead({ day: { on, reference_zone } }: { day: TeamDay }) {
  const date = dateWords(on, localDate(minute.value));
  return <>{t.dateInPlace({ date, place: zoneName(reference_zone) })}</>;
}

function DateChoice({ day }: { day: TeamDay }) {
  const show = (on: string | null) => setQuery({ on });
  return (
    <div class="date-choice">
      <IconButton
        icon={ChevronLeft}
        label={t.previousDay}
        onClick={() => show(dateBeside(day.on, -1))}
      />
      <StableInput
        class="input"
        type="date"
        aria-label={common.date}
        value={day.on}
        onChange={({ currentTarget }) => show(currentTarget.value || null)}
      />
      <IconButton
        icon={ChevronRight}
        label={t.nextDay}
        onClick={() => show(dateBeside(day.on, 1))}
      />
      <Button onClick={() => show(null)}>{t.today}</Button>
    </div>
  );
}
