import type { ComponentChildren } from "preact";

interface Props {
  kind: "bad" | "info" | "good" | "warn";
  says: string[];
  requestId?: string | null;
  children?: ComponentChildren;
}

/** What went wrong, or right, in words; read out when it appears. */
export function Notice({ kind, says, requestId, children }: Props) {
  return (
    <div role={kind === "bad" ? "alert" : undefined}>
      {says.length > 0 && (
        <div class={`notice ${kind}`}>
          {says.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {requestId && (
            <p class="quiet">
              Request <code>{requestId}</code>
            </p>
          )}
          {children}
        </div>
      )}
    </div>
  );
}
