import { Check } from "lucide";
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

/** Who sees to it that it stays true, until when, and who changed it last. */
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
      <Facts label="Fields of this reference" canEdit>
        <Fact name="Owner">
          <Picker
            class="fact-button"
            label="Owner"
            title={`Owner: ${owner?.name ?? "Nobody"}`}
            chosen={new Set([reference.owner_id])}
            options={owners}
            onPick={(owner_id) => void change({ owner_id })}
          >
            {owner && <Person of={owner} />}
          </Picker>
        </Fact>
        <DateFact
          name="Review"
          date={reference.review_on}
          late={isDue ? "This has come" : undefined}
          change={(review_on) => void change({ review_on })}
        />
      </Facts>
      {isDue && <Review reference={reference} reload={reload} next={halfYearAfter(today)} />}
      <p class="quiet small-facts">
        Changed {agoWords(reference.updated_at, minute.value)} by{" "}
        {members.get(reference.updated_by)?.name ?? "somebody"}
      </p>
    </>
  );
}

/** It was looked at on its day: it is right, and comes again. */
function Review({ reference, reload, next }: Props & { next: string }) {
  const here = useWorkspace();
  const action = useAction();
  const isRight = async () => {
    await review(here, reference.id, next);
    await reload();
    toast(`Reviewed; again on ${dateWords(next, next).slice(4)}`);
  };
  return (
    <div class="review-due">
      <Button small icon={Check} onClick={() => action.run(isRight)}>
        It is right, again in 6 months
      </Button>
      <RequestError of={action} />
    </div>
  );
}
