import type { ComponentChildren } from "preact";
import common from "locale:common";

interface Props {
  kind: "bad" | "info" | "good" | "warn";
  lines: string[];
  requestId?: string | null;
  children?: ComponentChildren;
}

/** A message box. Errors are announced to screen readers. */
export function Notice({ kind, lines, requestId, children }: Props) {
  return (
    <div role={kind === "bad" ? "alert" : undefined}>
      {lines.length > 0 && (
        <div class={`notice ${kind}`}>
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {requestId && (
            <p class="quiet">
              {common.requestId({ id: <code>{requestId}</code> })}
            </p>
          )}
          {children}
        </div>
      )}
    </div>
  );
}
