import t from "locale:agreement";
import { StableInput } from "../../parts/form/stable-input";
import type { Typed } from "./typed-terms";

interface AllowanceProps {
  label: string;
  value: Typed;
  set: (value: Typed) => void;
}

/** An answer time in hours and minutes. */
export function AllowanceField(props: AllowanceProps) {
  return (
    <fieldset class="term">
      <legend>{props.label}</legend>
      <HoursAndMinutes {...props} />
    </fieldset>
  );
}

/** A length of time in two inputs, which `label` names. */
export function HoursAndMinutes({ label, value: { hours, minutes }, set }: AllowanceProps) {
  return (
    <>
      <Count
        name={t.hoursOf({ label })}
        unit={t.hoursUnit}
        value={hours}
        max={720}
        set={(typed) => set({ hours: typed, minutes })}
      />
      <Count
        name={t.minutesOf({ label })}
        unit={t.minutesUnit}
        value={minutes}
        max={59}
        set={(typed) => set({ hours, minutes: typed })}
      />
    </>
  );
}

interface NumberProps {
  label: string;
  unit: string;
  value: number;
  min: number;
  max: number;
  set: (value: number) => void;
}

export function NumberField({ label, unit, ...count }: NumberProps) {
  return (
    <fieldset class="term">
      <legend>{label}</legend>
      <Count name={t.numberOf({ label, unit })} unit={unit} {...count} />
    </fieldset>
  );
}

interface CountProps {
  name: string;
  unit: string;
  value: number;
  min?: number;
  max: number;
  set: (value: number) => void;
}

function Count({ name, unit, value, min = 0, max, set }: CountProps) {
  return (
    <span class="count-field">
      <StableInput
        class="input"
        type="number"
        aria-label={name}
        min={min}
        max={max}
        value={value}
        onInput={({ currentTarget }) => {
          if (currentTarget.value !== "") set(Math.trunc(currentTarget.valueAsNumber));
        }}
      />
      <span aria-hidden="true">{unit}</span>
    </span>
  );
}
