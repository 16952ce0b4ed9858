import { Skeleton } from "../../parts/skeleton";
import { Holidays } from "./holidays";
import { useMyCalendar } from "./mine";
import { Overrides } from "./overrides";
import { Place } from "./place";
import { WeeklyHours } from "./weekly-hours";

/** Where and when I work: all that my clock counts by. */
export function HoursSection() {
  const calendar = useMyCalendar();
  if (!calendar) return <Skeleton rows={5} />;
  return (
    <>
      <Place calendar={calendar} />
      <WeeklyHours calendar={calendar} />
      <Overrides />
      {calendar.country && <Holidays calendar={calendar} />}
    </>
  );
}
