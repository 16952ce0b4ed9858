import t from "locale:administration";
import { answer, api } from "../../api/client";
import { pageOf } from "../../api/pages";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { useAction } from "../../parts/ui/action";
import { Empty } from "../../parts/ui/empty";
import { RequestError } from "../../parts/ui/error-notice";
import { useLivePaged } from "../../parts/data/paged";
import { ShowMore } from "../../parts/data/show-more";
import { fromNow } from "../../parts/time/relative-time";
import { Panel } from "../../parts/ui/panel";
import { toast } from "../../parts/ui/toast";
import { LoadStatus } from "../../parts/data/load-status";

type Job = components["schemas"]["FailedJobOut"];

const LIST = "/api/workspaces/{workspace}/failed-jobs";
const RETRY = "/api/workspaces/{workspace}/failed-jobs/{job_id}/retry";

/** The background jobs that failed. Admins can retry them. */
export function FailedJobsSection() {
  const here = useWorkspace();
  const action = useAction();
  const read = useLivePaged((cursor) => {
    const query = cursor ? { cursor } : {};
    return pageOf(api.GET(LIST, { params: { ...here.pathParams(), query } }));
  }, /^job/);
  const retry = async ({ id, queue }: Job) => {
    await answer(api.POST(RETRY, { params: here.pathParams({ job_id: id }) }));
    toast(t.retryingJob({ job: t.job({ queue }) }));
    await read.reload();
  };
  const held = read.data.value?.items;
  return (
    <Panel
      title={t.failedJobs}
      aside={
        <Button small onClick={() => void read.reload()}>
          {t.refresh}
        </Button>
      }
    >
      <LoadStatus of={read} rows={1} />
      <RequestError of={action} />
      {held?.length === 0 && (
        <Empty title={t.noFailedJobs}>{t.howJobsRetry}</Empty>
      )}
      <ul class="rows" aria-label={t.failedJobs}>
        {held?.map((job) => (
          <JobRow key={job.id} job={job} retry={() => action.run(() => retry(job))} />
        ))}
      </ul>
      <ShowMore of={read} />
    </Panel>
  );
}

function JobRow({ job, retry }: { job: Job; retry: () => void }) {
  const words = t.job({ queue: job.queue });
  return (
    <li>
      {job.dead_at ? (
        <Chip tone="bad">{t.stopped}</Chip>
      ) : (
        <Chip tone="info">{t.retrying}</Chip>
      )}
      <span class="main">
        {words}
        <span class="quiet row-more">{sentencesOf(job).join(" ")}</span>
      </span>
      <Button small aria-label={t.retryJob({ job: words })} onClick={retry}>
        {t.retry}
      </Button>
    </li>
  );
}

/** How often a job failed, where to look, and when it runs next. */
function sentencesOf({ id, attempts, error, first_failed_at, retry_at }: Job): string[] {
  const failed = t.jobFailed({ count: attempts, when: fromNow(first_failed_at), error });
  const found = [failed, t.jobInLog({ id })];
  return retry_at ? [...found, t.nextAttempt({ when: fromNow(retry_at) })] : found;
}
