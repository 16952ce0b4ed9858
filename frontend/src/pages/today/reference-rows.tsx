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

type Schemas = components["schemas"];

interface WantedProps {
  wanted: Schemas["ReferenceWanted"];
  done: () => Promise<void>;
}

/** Something that I explained so often that it is worth writing down. */
export function WantedRow({ wanted, done }: WantedProps) {
  const here = useWorkspace();
  const action = useAction();
  const address = here.pageUrl(`/references/new?subject=${wanted.subject_id}`);
  const decline = async () => {
    const params = here.pathParams({ subject_id: wanted.subject_id });
    await answer(api.PUT("/api/workspaces/{workspace}/subjects/{subject_id}/refusal", { params }));
    await done();
  };
  return (
    <li class="ask">
      <Chip icon={PenLine}>{t.worthDocumenting}</Chip>
      <div class="ask-what">
        <a class="main" href={address}>
          {wanted.words}
        </a>
        <p class="facts">
          {t.explainedOften({ times: common.timesExplained({ count: wanted.explained }) })}
        </p>
      </div>
      <div class="ask-acts">
        <a class="button small" href={address}>
          {t.writeDown}
        </a>
        <Button small kind="quiet" onClick={() => action.run(decline)}>
          {t.notNeeded}
        </Button>
      </div>
      <RequestError of={action} />
    </li>
  );
}

/** A reference of mine that someone doubts, or that I wanted to look at again. */
export function ReferenceRow({ reference }: { reference: Schemas["ReferenceCard"] }) {
  const here = useWorkspace();
  const { id, title, stale, review_on } = reference;
  const doubt = stale.at(-1);
  const who = here.live.one("members", doubt?.marked_by ?? "").value?.name ?? common.someone;
  return (
    <li class="ask">
      {doubt ? (
        <Chip tone="warn" icon={TriangleAlert}>
          {t.markedOutdated}
        </Chip>
      ) : (
        <Chip icon={CalendarClock}>{t.toReview}</Chip>
      )}
      <div class="ask-what">
        <a class="main" href={here.pageUrl(`/references/${id}`)}>
          {title}
        </a>
        <p class="facts">
          {doubt
            ? t.doubt({ name: who, reason: doubt.reason })
            : t.ownReference({ date: dateWords(review_on ?? "") })}
        </p>
      </div>
    </li>
  );
}
