import t from "locale:decision";
import common from "locale:common";
import { useMe, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Notice } from "../../parts/ui/notice";
import { clearAll, useOutcomeDrafts } from "./outcome-drafts";
import type { DecisionProps } from "./data";
import "../../parts/form/text-edit.css";

/** My unsent outcome after someone else decided, so that nothing typed is lost. */
export function UnusedOutcome({ decision }: DecisionProps) {
  const here = useWorkspace();
  const me = useMe();
  const drafts = useOutcomeDrafts(decision);
  const typed = [drafts.outcome, drafts.rationale].map(({ text }) => text.value).filter(Boolean);
  if (typed.length === 0 || decision.decided_by === me.id) return null;
  const name = here.live.one("members", decision.decided_by ?? "").value?.name ?? common.someone;
  return (
    <Notice kind="warn" lines={[t.decidedFirst({ name })]}>
      <blockquote class="their-version">{typed.join("\n\n")}</blockquote>
      <Button small onClick={() => clearAll(here, decision, drafts)}>
        {t.discardText}
      </Button>
    </Notice>
  );
}
