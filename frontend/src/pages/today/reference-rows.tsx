import { CalendarClock, PenLine, TriangleAlert } from "lucide";
import common from "locale:common";
import t from "locale:today";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { dateWords } from "../../parts/time/times";
import type { Desk } from "./desk";
import { RowFrame } from "./row-frame";
import { referenceRow, wantedRow } from "./rows";

type Schemas = components["schemas"];

interface WantedProps {
  wanted: Schemas["ReferenceWanted"];
  desk: Desk;
}

/** Something that I explained so often that it is worth writing down. */
export function WantedRow({ wanted, desk }: WantedProps) {
  const here = useWorkspace();
  const action = useAction();
  const row = wantedRow(wanted);
  const decline = async () => {
    const params = here.pathParams({ subject_id: wanted.subject_id });
    await answer(api.PUT("/api/workspaces/{workspace}/subjects/{subject_id}/refusal", { params }));
    await desk.done();
  };
  return (
    <RowFrame
      row={row}
      desk={desk}
      chip={<Chip icon={PenLine}>{t.worthDocumenting}</Chip>}
      acts={
        <>
          <a class="button small" href={here.pageUrl(row.path)}>
            {t.writeDown}
          </a>
          <Button small kind="quiet" onClick={() => action.run(decline)}>
            {t.notNeeded}
          </Button>
        </>
      }
      more={<RequestError of={action} />}
    >
      <p class="facts">
        {t.explainedOften({ times: common.timesExplained({ count: wanted.explained }) })}
      </p>
    </RowFrame>
  );
}

interface ReferenceProps {
  reference: Schemas["ReferenceCard"];
  desk: Desk;
}

/** A reference of mine that someone doubts, or that I wanted to look at again. */
export function ReferenceRow({ reference, desk }: ReferenceProps) {
  const here = useWorkspace();
  const { stale, review_on } = reference;
  const doubt = stale.at(-1);
  const who = here.live.one("members", doubt?.marked_by ?? "").value?.name ?? common.someone;
  return (
    <RowFrame
      row={referenceRow(reference)}
      desk={desk}
      chip={
        doubt ? (
          <Chip tone="warn" icon={TriangleAlert}>
            {t.markedOutdated}
          </Chip>
        ) : (
          <Chip icon={CalendarClock}>{t.toReview}</Chip>
        )
      }
    >
      <p class="facts">
        {doubt
          ? t.doubt({ name: who, reason: doubt.reason })
          : t.ownReference({ date: dateWords(review_on ?? "") })}
      </p>
    </RowFrame>
  );
}
