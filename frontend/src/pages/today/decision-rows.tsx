import { BookCheck, CalendarClock } from "lucide";
import t from "locale:today";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { dateWords } from "../../parts/time/times";
import { toast } from "../../parts/ui/toast";

type Made = components["schemas"]["DecisionMade"];

/** A decision for which I was asked, to be read and confirmed. */
export function RecordRow({ made, done }: { made: Made; done: () => Promise<void> }) {
  const here = useWorkspace();
  const action = useAction();
  const { decision, project, decided_by } = made;
  const confirm = async () => {
    const path = "/api/workspaces/{workspace}/decisions/{key}/read";
    await answer(api.PUT(path, { params: here.pathParams({ key: decision.key }) }));
    toast(t.markedAsRead({ key: decision.key }));
    await done();
  };
  return (
    <li class="ask">
      <Chip icon={BookCheck}>{t.toRead}</Chip>
      <div class="ask-what">
        <DecisionLink made={made} />
        <p class="facts">
          <span>
            {decided_by ? t.decidedByConfirm({ name: decided_by.name }) : t.decidedConfirm}
          </span>
          <span>{project.name}</span>
        </p>
      </div>
      <div class="ask-acts">
        <Button small onClick={() => action.run(confirm)}>
          {t.markAsRead}
        </Button>
      </div>
      <RequestError of={action} />
    </li>
  );
}

/** A decision of mine to be looked at again. */
export function ReviewRow({ made, now }: { made: Made; now: string }) {
  const { project, review_on } = made;
  return (
    <li class="ask">
      <Chip tone="warn" icon={CalendarClock}>
        {t.reviewDue}
      </Chip>
      <div class="ask-what">
        <DecisionLink made={made} />
        <p class="facts">
          {review_on && <span>{t.reviewSince({ date: dateWords(review_on, now) })}</span>}
          <span>{project.name}</span>
        </p>
      </div>
    </li>
  );
}

function DecisionLink({ made: { decision } }: { made: Made }) {
  const here = useWorkspace();
  return (
    <a class="main" href={here.pageUrl(`/decisions/${decision.key}`)}>
      <span class="key">{decision.key}</span> {decision.title}
    </a>
  );
}
