import type { Signal } from "@preact/signals";
import { Plus, X } from "lucide";
import { Button, IconButton } from "../../parts/ui/button";
import { FieldError } from "../../parts/form/form";
import { StableInput } from "../../parts/form/stable-input";
import { asTyped, crossesMidnight, type Day, DAYS, type Interval, nextInterval, type Week } from "./week";

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
      {DAYS.map(([day, name]) => (
        <fieldset key={day} class="week-day">
          <legend>{name}</legend>
          <IntervalsEditor
            name={name}
            intervals={week.value[day]}
            set={(intervals) => set(day, intervals)}
          />
        </fieldset>
      ))}
      <input type="hidden" name="weekly" value={JSON.stringify(week.value)} />
      <FieldError name="weekly" />
      <div>
        <Button small kind="quiet" onClick={likeMonday}>
          Tuesday to Friday like Monday
        </Button>
      </div>
    </div>
  );
}

interface Props {
  /** Of which day. */
  name: string;
  intervals: readonly Interval[];
  set: (intervals: Interval[]) => void;
}

export function IntervalsEditor({ name, intervals, set }: Props) {
  const change = (at: number, changes: Partial<Interval>) =>
    set(intervals.map((held, index) => (index === at ? { ...held, ...changes } : held)));
  return (
    <div class="intervals">
      {intervals.length === 0 && <span class="quiet">Free</span>}
      {intervals.map((interval, index) => (
        <div key={index} class="interval">
          <StableInput
            class="input"
            type="time"
            required
            aria-label={`${name}, from`}
            value={interval.start}
            onChange={({ currentTarget: { value } }) => value && change(index, { start: value })}
          />
          <span aria-hidden="true">–</span>
          <StableInput
            class="input"
            type="time"
            required
            aria-label={`${name}, to`}
            value={asTyped(interval.end)}
            onChange={({ currentTarget: { value } }) => value && change(index, { end: value })}
          />
          {crossesMidnight(interval) && <span class="quiet">next day</span>}
          <IconButton
            icon={X}
            label={`Remove ${interval.start}–${interval.end} of ${name}`}
            onClick={() => set(intervals.filter((_, other) => other !== index))}
          />
        </div>
      ))}
      <IconButton
        icon={Plus}
        label={`Add hours to ${name}`}
        onClick={() => set([...intervals, nextInterval(intervals)])}
      />
    </div>
  );
}
