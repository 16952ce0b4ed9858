import { ChevronLeft, ChevronRight } from "lucide";
import { query, setQuery } from "../../router/router";
import { useBoard } from "../../live/workspace";
import { Button, IconButton } from "../../parts/ui/button";
import { Page } from "../../parts/ui/page";
import { StableInput } from "../../parts/form/stable-input";
import { dateWords } from "../../parts/time/times";
import { zoneName } from "../../parts/time/zones";
import { CalendarLink } from "./calendar-link";
import { DayTable } from "./day-table";
import { dateBeside } from "./hours";
import { NowPanel } from "./now-panel";
import { OverlapPanel } from "./overlap-panel";
import { type TeamDay, useTeamDay } from "./data";
import { LoadStatus } from "../../parts/data/load-status";
import "./team.css";

/** Who works when: a date of the reference zone, hour by hour, on everyone's own clock. */
export default function Team() {
  const { me } = useBoard();
  const read = useTeamDay(query.value.get("on"));
  const day = read.data.value;
  return (
    <Page
      title="Team"
      lead={day && `${dateWords(day.on, "0")} in ${zoneName(day.reference_zone)}`}
      aside={day && <DateChoice day={day} />}
    >
      <LoadStatus of={read} what="The team’s hours could not be read." rows={6} />
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

function DateChoice({ day }: { day: TeamDay }) {
  const show = (on: string | null) => setQuery({ on });
  return (
    <div class="date-choice">
      <IconButton
        icon={ChevronLeft}
        label="The day before"
        onClick={() => show(dateBeside(day.on, -1))}
      />
      <StableInput
        class="input"
        type="date"
        aria-label="Date"
        value={day.on}
        onChange={({ currentTarget }) => show(currentTarget.value || null)}
      />
      <IconButton
        icon={ChevronRight}
        label="The day after"
        onClick={() => show(dateBeside(day.on, 1))}
      />
      <Button onClick={() => show(null)}>Today</Button>
    </div>
  );
}
