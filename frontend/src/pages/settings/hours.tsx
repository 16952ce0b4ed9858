import { Skeleton } from "../../parts/ui/skeleton";
import { Holidays } from "./holidays";
import { useMyCalendar } from "./my-calendar";
import { Overrides } from "./overrides";
import { MyZone } from "./my-zone";
import { WeeklyHours } from "./weekly-hours";

/** Where and when I work: all that my clock counts by. */
export function HoursSection() {
  const calendar = useMyCalendar();
  if (!calendar) return <Skeleton rows={5} />;
  return (
    <>
      <MyZone calendar={calendar} />
      <WeeklyHours calendar={calendar} />
      <Overrides />
      {calendar.country && <Holidays calendar={calendar} />}
    </>
  );
}
