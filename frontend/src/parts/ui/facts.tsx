import { CalendarDays } from "lucide";
import type { ComponentChildren } from "preact";
import common from "locale:common";
import { Icon } from "./icon";
import { useStableValue } from "../form/stable-input";
import "./facts.css";

interface SidedProps {
  /** The sidebar's accessible name: `About this task`. */
  label: string;
  facts: ComponentChildren;
  children: ComponentChildren;
}

/** A page's content with a sidebar of facts, which is above it on narrow screens. */
export function WithSidebar({ label, facts, children }: SidedProps) {
  return (
    <div class="sided">
      <aside class="sided-facts" aria-label={label}>
        {facts}
      </aside>
      <div class="sided-main">{children}</div>
    </div>
  );
}

interface FactsProps {
  /** The list's accessible name: `Fields of this task`. */
  label: string;
  /** Whether I may change them. */
  canEdit: boolean;
  children: ComponentChildren;
}

export function Facts({ label, canEdit, children }: FactsProps) {
  return (
    <fieldset class="fact-list" disabled={!canEdit}>
      <legend class="unseen">{label}</legend>
      {children}
    </fieldset>
  );
}

/** A label and its value. A control in it has an accessible name of its own. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <span class="fact-name" aria-hidden="true">
        {name}
      </span>
      {children}
    </div>
  );
}

interface DateProps {
  name: string;
  date: string | null;
  /** A note next to a date that has passed. */
  late?: string | undefined;
  /** `over` is the date that was seen when the edit began. */
  change: (date: string | null, over: string | null) => void;
}

/** A date that is edited in place and saved by Enter or on leaving the field. */
export function DateFact({ name, date, late, change }: DateProps) {
  const begun = useStableValue(date);
  return (
    <Fact name={name}>
      <label class={late ? "fact-button late" : "fact-button"}>
        <Icon of={CalendarDays} />
        <span class="unseen">{name}</span>
        <input
          type="date"
          class={date ? "bare" : "bare none"}
          key={begun.value}
          defaultValue={begun.value ?? ""}
          {...begun.focusProps}
          onBlur={({ currentTarget }) => {
            const typed = currentTarget.value || null;
            if (typed !== begun.value && !currentTarget.validity.badInput) {
              change(typed, begun.value);
            }
          }}
          onKeyDown={({ key, currentTarget }) => key === "Enter" && currentTarget.blur()}
        />
        {!date && (
          <span class="no-date" aria-hidden="true">
            {common.none}
          </span>
        )}
        {late && <span>{late}</span>}
      </label>
    </Fact>
  );
}

interface PartProps {
  id: string;
  title: string;
  /** At the title's side. */
  aside?: ComponentChildren;
  children?: ComponentChildren;
}

/** A titled part of a page, without a frame. */
export function Section({ id, title, aside, children }: PartProps) {
  return (
    <section class="part" aria-labelledby={id}>
      <div class="part-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
