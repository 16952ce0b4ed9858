import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { useAction } from "../../parts/ui/action";
import { Empty } from "../../parts/ui/empty";
import { RequestError } from "../../parts/ui/error-notice";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { fromNow } from "../../parts/time/relative-time";
import { Panel } from "../../parts/ui/panel";
import { toast } from "../../parts/ui/toast";
import { LoadStatus } from "../../parts/data/load-status";

type Job = components["schemas"]["FailedJobOut"];

const LIST = "/api/workspaces/{workspace}/failed-jobs";
const RETRY = "/api/workspaces/{workspace}/failed-jobs/{job_id}/retry";

const WORDS: Record<Job["queue"], string> = {
  scheduled_messages: "Send a scheduled message",
  decision_deadlines: "Close a decision at its deadline",
  decision_reminders: "Remind someone of a decision",
  decision_reviews: "Announce a decision’s review",
  timers: "Warn of an answer that’s due",
  notices: "Tell Slack channels about an event",
  deliveries: "Send messages to Slack",
  files: "Delete an unused file",
};

/** What Dayline could not do when it was due: seen by admins, and tried again by them. */
export function FailedJobsSection() {
  const here = useWorkspace();
  const action = useAction();
  const params = here.pathParams();
  const read = useLiveLoaded(() => answer(api.GET(LIST, { params })), /^job/);
  const retry = async ({ id, queue }: Job) => {
    await answer(api.POST(RETRY, { params: here.pathParams({ job_id: id }) }));
    toast(`Retrying: ${WORDS[queue]}`);
    await read.reload();
  };
  const held = read.data.value;
  return (
    <Panel
      title="Failed jobs"
      aside={
        <Button small onClick={() => void read.reload()}>
          Refresh
        </Button>
      }
    >
      <LoadStatus of={read} rows={1} />
      <RequestError of={action} />
      {held?.length === 0 && (
        <Empty title="Nothing has failed.">
          Work that fails is retried by itself and listed here.
        </Empty>
      )}
      <ul class="rows" aria-label="Failed jobs">
        {held?.map((job) => (
          <JobRow key={job.id} job={job} retry={() => action.run(() => retry(job))} />
        ))}
      </ul>
    </Panel>
  );
}

function JobRow({ job, retry }: { job: Job; retry: () => void }) {
  return (
    <li>
      {job.dead_at ? <Chip tone="bad">Stopped</Chip> : <Chip tone="info">Retrying</Chip>}
      <span class="main">
        {WORDS[job.queue]}
        <span class="quiet row-more">
          {attemptsWords(job.attempts)}, first {fromNow(job.first_failed_at)}. {job.error}. The log
          has details under {job.id}.{" "}
          {job.retry_at && `Next attempt ${fromNow(job.retry_at)}.`}
        </span>
      </span>
      <Button small aria-label={`Retry: ${WORDS[job.queue]}`} onClick={retry}>
        Retry
      </Button>
    </li>
  );
}

const attemptsWords = (attempts: number) =>
  attempts === 1 ? "Failed once" : `Failed ${attempts} times`;
