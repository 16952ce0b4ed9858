import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { sizeWords } from "../../parts/attachments/file-size";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Panel } from "../../parts/ui/panel";
import { Progress } from "../../parts/ui/progress";
import { LoadStatus } from "../../parts/data/load-status";

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
      <Panel title="Your usage">
        <LoadStatus of={read} rows={3} />
        {held && (
          <ul class="rows" aria-label="Your usage">
            <Amount what="File storage" usage={held.mine.storage_bytes} words={sizeWords} />
            <Amount what="Unattached files" usage={held.mine.unattached_files} />
            <Amount what="Access tokens" usage={held.mine.tokens} />
          </ul>
        )}
        <p class="panel-body quiet">
          Deleted files free their space within two hours. Unattached files are deleted after a day.
        </p>
      </Panel>
      {held?.workspace && (
        <Panel title="Workspace usage">
          <ul class="rows" aria-label="Workspace usage">
            <Amount
              what="File storage"
              usage={held.workspace.storage_bytes}
              words={sizeWords}
            />
          </ul>
          <p class="panel-body quiet">Limits are set where Dayline is installed.</p>
        </Panel>
      )}
    </>
  );
}

interface AmountProps {
  what: string;
  usage: Usage;
  words?: (amount: number) => string;
}

function Amount({ what, usage: { used, limit }, words = String }: AmountProps) {
  const said = `${words(used)} of ${words(limit)} used`;
  return (
    <li>
      <span class="main">
        {what}
        <span class="quiet row-more">{said}</span>
      </span>
      <Progress label={`${what}: ${said}`} value={used} max={limit} />
    </li>
  );
}
