import { useSignal } from "@preact/signals";
import { CalendarClock } from "lucide";
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
      title="Review"
      aside={
        canEdit && (
          <Button
            small
            kind={isDue ? "primary" : "quiet"}
            icon={CalendarClock}
            onClick={() => (isOpen.value = true)}
          >
            {isDue ? "I looked at it again" : review_on ? "Change the day" : "Set a day"}
          </Button>
        )
      }
    >
      <p class="input-due">
        {review_on
          ? `To be looked at again on ${dateWords(review_on, today)}.`
          : "No day is set on which to look again whether it still holds."}
        {isDue && <Chip tone="warn">Review due</Chip>}
      </p>
      {isOpen.value && <ReviewDialog decision={decision} close={() => (isOpen.value = false)} />}
    </Section>
  );
}

function ReviewDialog({ decision, close }: DecisionProps & { close: () => void }) {
  const here = useWorkspace();
  const send = async (form: FormData) => {
    const body = { review_on: textOf(form, "review_on") || null };
    await answer(api.POST(REVIEW, { params: here.pathParams({ key: decision.key }), body }));
    toast(body.review_on ? `Look again on ${dateWords(body.review_on)}` : "No review is planned");
    close();
  };
  return (
    <Dialog title={`Review of ${decision.key}`} close={close}>
      <Form send={send} action="Save">
        <p>
          Where it no longer holds, propose a decision that takes its place. Where it does, say when
          to look next.
        </p>
        <DateField name="review_on" label="Look next on" hint="Empty: never again." />
      </Form>
    </Dialog>
  );
}
