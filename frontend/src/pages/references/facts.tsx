import { Check } from "lucide";
import t from "locale:references";
import common from "locale:common";
import { minute } from "../../api/clock";
import { useBoard, useWorkspace } from "../../live/workspace";
import { agoWords } from "../../parts/time/relative-time";
import { Person } from "../../parts/people/avatar";
import { Button } from "../../parts/ui/button";
import { useAction } from "../../parts/ui/action";
import { DateFact, Fact, Facts } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { Picker } from "../../parts/ui/picker";
import { dateWords, localDate } from "../../parts/time/times";
import { toast } from "../../parts/ui/toast";
import { useChange } from "./change";
import { halfYearAfter, type ReferenceOut, review } from "./data";
import { memberOption } from "../../parts/people/member-option";

interface Props {
  reference: ReferenceOut;
  reload: () => Promise<void>;
}

/** The reference's owner, its review date, and who changed it last. */
export function ReferenceFacts({ reference, reload }: Props) {
  const { members } = useBoard();
  const change = useChange(reference, reload);
  const owner = members.get(reference.owner_id);
  const today = localDate(minute.value);
  const isDue = reference.review_on !== null && reference.review_on <= today;
  const owners = () =>
    [...members.values()]
      .filter(({ role, disabled_at }) => role !== "guest" && !disabled_at)
      .map(memberOption);
  return (
    <>
      <Facts label={t.fields} canEdit>
        <Fact name={t.owner}>
          <Picker
            class="fact-button"
            label={t.owner}
            title={t.ownerIs({ name: owner?.name ?? common.noOne })}
            chosen={new Set([reference.owner_id])}
            options={owners}
            onPick={(owner_id) => void change({ owner_id })}
          >
            {owner && <Person of={owner} />}
          </Picker>
        </Fact>
        <DateFact
          name={t.review}
          date={reference.review_on}
          late={isDue ? t.due : undefined}
          change={(review_on, over) => void change({ review_on }, { review_on: over })}
        />
      </Facts>
      {isDue && <Review reference={reference} reload={reload} next={halfYearAfter(today)} />}
      <p class="quiet small-facts">
        {t.updatedBy({
          ago: agoWords(reference.updated_at, minute.value),
          name: members.get(reference.updated_by)?.name ?? "none",
        })}
      </p>
    </>
  );
}

/** Marks a reference that is due for review as still correct. */
function Review({ reference, reload, next }: Props & { next: string }) {
  const here = useWorkspace();
  const action = useAction();
  const isRight = async () => {
    await review(here, reference.id, next);
    await reload();
    toast(t.reviewed({ date: dateWords(next, localDate(minute.value)) }));
  };
  return (
    <div class="review-due">
      <Button small icon={Check} onClick={() => action.run(isRight)}>
        {t.stillCorrectReview}
      </Button>
      <RequestError of={action} />
    </div>
  );
}
