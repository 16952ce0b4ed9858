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
import type { Desk } from "./desk";
import { RowFrame } from "./row-frame";
import { recordRow, reviewRow } from "./rows";

type Made = components["schemas"]["DecisionMade"];

/** A decision for which I was asked, to be read and confirmed. */
export function RecordRow({ made, desk }: { made: Made; desk: Desk }) {
  const here = useWorkspace();
  const action = useAction();
  const { decision, project, decided_by } = made;
  const confirm = async () => {
    const path = "/api/workspaces/{workspace}/decisions/{key}/read";
    await answer(api.PUT(path, { params: here.pathParams({ key: decision.key }) }));
    toast(t.markedAsRead({ key: decision.key }));
    await desk.done();
  };
  return (
    <RowFrame
      row={recordRow(made)}
      desk={desk}
      chip={<Chip icon={BookCheck}>{t.toRead}</Chip>}
      title={<DecisionTitle made={made} />}
      acts={
        <Button small onClick={() => action.run(confirm)}>
          {t.confirmRead}
        </Button>
      }
      more={<RequestError of={action} />}
    >
      <p class="facts">
        <span>{decided_by ? t.decidedByConfirm({ name: decided_by.name }) : t.decidedConfirm}</span>
        <span>{project.name}</span>
      </p>
    </RowFrame>
  );
}

/** A decision of mine to be looked at again. */
export function ReviewRow({ made, desk }: { made: Made; desk: Desk }) {
  const { project, review_on } = made;
  const since = review_on && dateWords(review_on, desk.today.now.local);
  return (
    <RowFrame
      row={reviewRow(made)}
      desk={desk}
      chip={
        <Chip tone="warn" icon={CalendarClock}>
          {t.reviewDue}
        </Chip>
      }
      title={<DecisionTitle made={made} />}
    >
      <p class="facts">
        {since && <span>{t.reviewSince({ date: since })}</span>}
        <span>{project.name}</span>
      </p>
    </RowFrame>
  );
}

function DecisionTitle({ made: { decision } }: { made: Made }) {
  return (
    <>
      <span class="key">{decision.key}</span> {decision.title}
    </>
  );
}
