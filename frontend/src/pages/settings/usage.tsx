import t from "locale:settings";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { sizeWords } from "../../parts/attachments/file-size";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Panel } from "../../parts/ui/panel";
import { Progress } from "../../parts/ui/progress";
import { LoadStatus } from "../../parts/data/load-status";
import { number } from "../../text/format";

type Usage = components["schemas"]["UsageOut"];

const USAGE = "/api/workspaces/{workspace}/usage";

/** What I use of what is limited, and for admins what the workspace uses. */
export function UsageSection() {
  const here = useWorkspace();
  const read = useLiveLoaded(
    () => answer(api.GET(USAGE, { params: here.pathParams() })),
    /^(message|task|token)/,
  );
  const held = read.data.value;
  return (
    <>
      <Panel title={t.yourUsage}>
        <LoadStatus of={read} rows={3} />
        {held && (
          <ul class="rows" aria-label={t.yourUsage}>
            <Amount resource={t.fileStorage} usage={held.mine.storage_bytes} words={sizeWords} />
            <Amount resource={t.unattachedFiles} usage={held.mine.unattached_files} />
            <Amount resource={t.tokens} usage={held.mine.tokens} />
          </ul>
        )}
        <p class="panel-body quiet">{t.filesMeans}</p>
      </Panel>
      {held?.workspace && (
        <Panel title={t.workspaceUsage}>
          <ul class="rows" aria-label={t.workspaceUsage}>
            <Amount
              resource={t.fileStorage}
              usage={held.workspace.storage_bytes}
              words={sizeWords}
            />
          </ul>
          <p class="panel-body quiet">{t.limitsSetBy}</p>
        </Panel>
      )}
    </>
  );
}

interface AmountProps {
  resource: string;
  usage: Usage;
  words?: (amount: number) => string;
}

function Amount({ resource, usage: { used, limit }, words = number }: AmountProps) {
  const amount = { used: words(used), limit: words(limit) };
  return (
    <li>
      <span class="main">
        {resource}
        <span class="quiet row-more">{t.amountUsed(amount)}</span>
      </span>
      <Progress label={t.amountUsedOf({ resource, ...amount })} value={used} max={limit} />
    </li>
  );
}
