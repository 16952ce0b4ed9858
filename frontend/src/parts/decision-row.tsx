import type { ComponentChildren } from "preact";
import type { Decision } from "../live/documents";
import { useMe, useWorkspace } from "../live/workspace";
import { Chip } from "./chip";
import { standingOf } from "./decision-standing";
import { waitsForMe } from "./decision-waiting";

/** A decision in one line: where it stands, and whether it waits for me. */
export function DecisionRow({
  decision,
  children,
}: {
  decision: Decision;
  children?: ComponentChildren;
}) {
  const here = useWorkspace();
  const me = useMe();
  const { key, title } = decision;
  const [tone, words, icon] = standingOf(decision);
  const waits = waitsForMe(decision, me.id);
  return (
    <li>
      <span class="code quiet">{key}</span>
      <a class="main ellipsis" href={here.at(`/decisions/${key}`)}>
        {title}
      </a>
      {children}
      {waits && <Chip tone="warn">{waits}</Chip>}
      <Chip tone={tone} icon={icon}>
        {words}
      </Chip>
    </li>
  );
}
