import type { Signal } from "@preact/signals";
import { Plus, X } from "lucide";
import t from "locale:settings";
import { Button, IconButton } from "../../parts/ui/button";
import { FieldError } from "../../parts/form/form";
import { StableInput } from "../../parts/form/stable-input";
import {
  asTyped,
  crossesMidnight,
  type Day,
  dayName,
  DAYS,
  hoursWords,
  type Interval,
  nextInterval,
  type Week,
} from "./week";

/**
 * The hours of a week: any number of intervals a day, which may end on the next date. In a form
 * they are its field `weekly`.
 */
export function WeekEditor({ week }: { week: Signal<Week> }) {
  const set = (day: Day, intervals: Interval[]) => (week.value = { ...week.peek(), [day]: intervals });
  const likeMonday = () => {
    const { mon } = week.peek();
    week.value = { ...week.peek(), tue: mon, wed: mon, thu: mon, fri: mon };
  };
  return (
    <div class="week">
      {DAYS.map((day) => (
        <fieldset key={day} class="week-day">
          <legend>{dayName(day)}</legend>
          <IntervalsEditor
            day={dayName(day)}
            intervals={week.value[day]}
            set={(intervals) => set(day, intervals)}
          />
        </fieldset>
      ))}
      <input type="hidden" name="weekly" value={JSON.stringify(week.value)} />
      <FieldError name="weekly" />
      <div>
        <Button small kind="quiet" onClick={likeMonday}>
          {t.copyMonday}
        </Button>
      </div>
    </div>
  );
}

interface Props {
  /** The name of the day; none for a single date. */
  day?: string;
  intervals: readonly Interval[];
  set: (intervals: Interval[]) => void;
}

export function IntervalsEditor({ day, intervals, set }: Props) {
  const change = (at: number, changes: Partial<Interval>) =>
    set(intervals.map((held, index) => (index === at ? { ...held, ...changes } : held)));
  return (
    <div class="intervals">
      {intervals.length === 0 && <span class="quiet">{t.dayOff}</span>}
      {intervals.map((interval, index) => (
        <div key={index} class="interval">
          <StableInput
            class="input"
            type="time"
            required
            aria-label={day ? t.fromOnDay({ day }) : t.from}
            value={interval.start}
            onChange={({ currentTarget: { value } }) => value && change(index, { start: value })}
          />
          <span aria-hidden="true">–</span>
          <StableInput
            class="input"
            type="time"
            required
            aria-label={day ? t.toOnDay({ day }) : t.to}
            value={asTyped(interval.end)}
            onChange={({ currentTarget: { value } }) => value && change(index, { end: value })}
          />
          {crossesMidnight(interval) && <span class="quiet">{t.nextDay}</span>}
          <IconButton
            icon={X}
            label={removeLabel(interval, day)}
            onClick={() => set(intervals.filter((_, other) => other !== index))}
          />
        </div>
      ))}
      <IconButton
        icon={Plus}
        label={day ? t.addHoursOnDay({ day }) : t.addHours}
        onClick={() => set([...intervals, nextInterval(intervals)])}
      />
    </div>
  );
}

function removeLabel(interval: Interval, day: string | undefined): string {
  const hours = hoursWords([interval]);
  return day ? t.removeHoursOnDay({ hours, day }) : t.removeHours({ hours });
}
