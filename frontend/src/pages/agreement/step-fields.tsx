import common from "locale:common";
import t from "locale:agreement";
import { Plus, X } from "lucide";
import { Button, IconButton } from "../../parts/ui/button";
import { unseen } from "../../parts/ui/tags";
import { HoursAndMinutes } from "./term-fields";
import type { TypedStep } from "./typed-terms";

const WHO: readonly TypedStep["to"][] = ["cover", "lead", "owner"];

interface Props {
  label: string;
  steps: readonly TypedStep[];
  set: (steps: readonly TypedStep[]) => void;
}

/** Who is asked next, in order. Each is named at most once. */
export function StepFields({ label, steps, set }: Props) {
  const free = WHO.filter((to) => steps.every((step) => step.to !== to));
  const [next] = free;
  const change = (place: number, changed: Partial<TypedStep>) =>
    set(steps.map((step, at) => (at === place ? { ...step, ...changed } : step)));
  return (
    <fieldset class="term" aria-label={t.ifNoOneAnswersTo({ label })}>
      <legend>{label}</legend>
      <div class="steps">
        {steps.length === 0 && <span class="quiet">{t.noOneIsAsked}</span>}
        {steps.map((step, place) => (
          <div key={step.to} class="step">
            <select
              class="input"
              aria-label={t.stepOf({ label, number: place + 1 })}
              value={step.to}
              onChange={({ currentTarget }) =>
                change(place, { to: currentTarget.value as TypedStep["to"] })
              }
            >
              {WHO.filter((to) => to === step.to || free.includes(to)).map((to) => (
                <option key={to} value={to} selected={to === step.to}>
                  {common.stepKind({ to })}
                </option>
              ))}
            </select>
            <HoursAndMinutes
              label={t.stepOf({ label, number: place + 1 })}
              value={step}
              set={(typed) => change(place, typed)}
            />
            <IconButton
              icon={X}
              label={t.removeStep({ label, number: place + 1 })}
              onClick={() => set(steps.filter((_, at) => at !== place))}
            />
          </div>
        ))}
        {next && (
          <Button
            small
            kind="quiet"
            icon={Plus}
            onClick={() => set([...steps, { to: next, hours: 1, minutes: 0 }])}
          >
            {t.addStep({ label, unseen })}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
