import t from "locale:conversation";
import { useSignal } from "@preact/signals";
import { CircleCheck, CircleDashed } from "lucide";
import { useId } from "preact/hooks";
import { Icon } from "../ui/icon";
import { Notice } from "../ui/notice";
import { type Clarity, type ClarityCheck, missingIn } from "./clarity";
import type { MessageDraft } from "./message-draft";

const POINTS = ["context", "request", "deadline", "options", "authority"] as const;

/**
 * The five points as small marks. What to write for the missing ones shows on hover, focus and tap,
 * over what is below, so that nothing moves while someone types.
 */
export function ClarityMarks({ clarity }: { clarity: Clarity }) {
  const help = useId();
  const isOpen = useSignal(false);
  const check = clarity.check.value;
  if (clarity.level.value === "off") return null;
  const isChecked = check?.is_checked ?? true;
  return (
    <div class="clarity">
      <button
        type="button"
        class="clarity-marks"
        aria-expanded={isOpen.value}
        aria-describedby={help}
        onClick={() => (isOpen.value = !isOpen.peek())}
        onBlur={() => (isOpen.value = false)}
      >
        <span class="unseen">{t.fivePoints}</span>
        {POINTS.map((point) => (
          <Mark key={point} point={point} isMade={isMade(check, point)} />
        ))}
      </button>
      <div class="clarity-help" id={help} data-open={isOpen.value || undefined}>
        {isChecked ? <MissingPoints check={check} /> : <p>{t.notChecked}</p>}
      </div>
    </div>
  );
}

function Mark({ point, isMade }: { point: string; isMade: boolean }) {
  return (
    <span class={isMade ? "mark made" : "mark"}>
      <Icon of={isMade ? CircleCheck : CircleDashed} size={14} />
      {t.point({ point })}
      <span class="unseen">{isMade ? t.pointWritten : t.pointMissing}</span>
    </span>
  );
}

const isMade = (check: ClarityCheck | null, name: string) =>
  check?.points.some(({ point, reason }) => point === name && reason === null) ?? false;

function MissingPoints({ check }: { check: ClarityCheck | null }) {
  const missing = missingIn(check);
  if (!check) return <p>{t.writeToCheck}</p>;
  if (missing.length === 0) return <p>{t.noPointMissing}</p>;
  return (
    <ul>
      {missing.map(({ point, reason }) => (
        <li key={point}>{reason}</li>
      ))}
    </ul>
  );
}

/** Asks why a message is sent without points that the workspace requires. */
export function ClarityReason({ message }: { message: MessageDraft }) {
  const { clarity, clarityReason, missing } = message;
  const lines = missingIn(clarity.check.value).map(({ reason }) => reason ?? "");
  if (missing.value !== "clarity" || clarity.level.value !== "require" || lines.length === 0) return null;
  return (
    <Notice kind="warn" lines={[t.pointsRequired, ...lines]}>
      <div class="urgent-reason">
        <label>
          <span class="strong">{t.whyUnclear}</span>
          <input
            class="input"
            name="clarity_reason"
            value={clarityReason.value}
            maxLength={500}
            onInput={({ currentTarget }) => (clarityReason.value = currentTarget.value)}
          />
        </label>
      </div>
    </Notice>
  );
}
