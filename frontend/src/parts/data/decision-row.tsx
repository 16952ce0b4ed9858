import type { ComponentChildren } from "preact";
import type { Decision } from "../../live/documents";
import { useMe, useWorkspace } from "../../live/workspace";
import { Chip } from "../ui/chip";
import { decisionStatus, waitsForMe } from "./decision-status";

interface Props {
  decision: Decision;
  children?: ComponentChildren;
}

/** A decision in one line, with its status or what it needs from me. */
export function DecisionRow({ decision, children }: Props) {
  const here = useWorkspace();
  const me = useMe();
  const { key, title } = decision;
  const [tone, words, icon] = decisionStatus(decision);
  const waits = waitsForMe(decision, me.id);
  return (
    <li>
      <span class="code quiet">{key}</span>
      <a class="main ellipsis" dir="auto" href={here.pageUrl(`/decisions/${key}`)}>
        {title}
      </a>
      {children}
      <Chip tone={waits ? "warn" : tone} icon={icon}>
        {waits ?? words}
      </Chip>
    </li>
  );
}
