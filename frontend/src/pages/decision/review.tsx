import { useSignal } from "@preact/signals";
import { CalendarClock } from "lucide";
import t from "locale:decision";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { DateField } from "../../parts/form/date-field";
import { Dialog } from "../../parts/ui/dialog";
import { Section } from "../../parts/ui/facts";
import { Form, textOf } from "../../parts/form/form";
import { dateWords } from "../../parts/time/times";
import { toast } from "../../parts/ui/toast";
import type { DecisionProps } from "./data";
import { CancelButton } from "../../parts/ui/cancel-button";
import { isAdmin } from "../../live/documents";

const REVIEW = "/api/workspaces/{workspace}/decisions/{key}/review";

/** When to review the decision, and marking it as reviewed. */
export function Review({ decision }: DecisionProps) {
  const { me } = useBoard();
  const isOpen = useSignal(false);
  const { status, review_on, review_due_at, decider_id, proposed_by } = decision;
  const canEdit =
    [decider_id, proposed_by].includes(me.member_id) || isAdmin(me.role);
  if (status !== "decided" || (!review_on && !canEdit)) return null;
  const isDue = review_due_at !== null && Date.parse(review_due_at) <= minute.value;
  const today = new Date(minute.value).toISOString().slice(0, 10);
  return (
    <Section
      id="review"
      title={t.review}
      aside={
        canEdit && (
          <Button
            small
            kind={isDue ? "primary" : "quiet"}
            icon={CalendarClock}
            onClick={() => (isOpen.value = true)}
          >
            {isDue ? t.markReviewed : review_on ? t.changeDate : t.setDate}
          </Button>
        )
      }
    >
      <p class="input-due">
        {review_on
          ? t.reviewOn({ date: dateWords(review_on, today) })
          : t.noReviewDate}
        {isDue && <Chip tone="warn">{t.reviewDue}</Chip>}
      </p>
      {isOpen.value && <ReviewDialog decision={decision} close={() => (isOpen.value = false)} />}
    </Section>
  );
}

function ReviewDialog({ decision, close }: DecisionProps & { close: () => void }) {
  const here = useWorkspace();
  const { key } = decision;
  const wordsOf = (date: string | null) =>
    date ? t.reviewSet({ key, date: dateWords(date) }) : t.reviewRemoved({ key });
  const send = async (form: FormData) => {
    const body = { review_on: textOf(form, "review_on") || null };
    await answer(api.POST(REVIEW, { params: here.pathParams({ key }), body }));
    toast(wordsOf(body.review_on));
    close();
  };
  return (
    <Dialog title={t.reviewKey({ key })} close={close}>
      <Form send={send} action={common.save} aside={<CancelButton close={close} />}>
        <p>{t.reviewMeans}</p>
        <DateField name="review_on" label={t.nextReview} hint={t.nextReviewHint} />
      </Form>
    </Dialog>
  );
}
