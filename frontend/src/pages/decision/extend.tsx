import { useSignal } from "@preact/signals";
import { CalendarPlus } from "lucide";
import t from "locale:decision";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { type Problem, Refusal } from "../../api/problem";
import { useMe, useWorkspace, type WorkspaceHere } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { DateField } from "../../parts/form/date-field";
import { Dialog } from "../../parts/ui/dialog";
import { useDraft } from "../../parts/form/draft";
import { Form, textOf } from "../../parts/form/form";
import { ReasonField } from "../../parts/form/text-area";
import { clockOf, localNow, timeWords } from "../../parts/time/times";
import { toast } from "../../parts/ui/toast";
import { CancelButton } from "../../parts/ui/cancel-button";
import type { DecisionProps, WholeDecision } from "./data";
import { TimeOfDayField } from "../../parts/form/time-of-day-field";
import "./answers.css";

/** Extends the deadline for a reason. Proposer and decider can, while input is open. */
export function Extend({ decision }: DecisionProps) {
  const me = useMe();
  const isOpen = useSignal(false);
  const { proposed_by, decider_id, status, closed_at, input_due_at } = decision;
  const isRunning =
    status === "open" && !closed_at && Date.parse(input_due_at ?? "") > minute.value;
  if (!isRunning || ![proposed_by, decider_id].includes(me.id)) return null;
  return (
    <>
      <Button small icon={CalendarPlus} onClick={() => (isOpen.value = true)}>
        {t.extendDeadline}
      </Button>
      {isOpen.value && <ExtendDialog decision={decision} close={() => (isOpen.value = false)} />}
    </>
  );
}

const EXTEND = "/api/workspaces/{workspace}/decisions/{key}/extend";
const FAIRNESS = "/api/workspaces/{workspace}/decisions/{key}/fairness";
const DAY_MS = 86_400_000;

function ExtendDialog({ decision, close }: DecisionProps & { close: () => void }) {
  const here = useWorkspace();
  const reason = useDraft(`extend:${decision.id}`);
  const { input_due_at, input_due_local } = decision;
  if (!input_due_at || !input_due_local) return null;
  const today = localNow(input_due_at, input_due_local, minute.value);
  const send = async (form: FormData) => {
    const wall = `${textOf(form, "date")}T${textOf(form, "time")}`;
    const why = textOf(form, "reason").trim();
    try {
      await extend(here, decision, wall, why);
    } catch (fault) {
      throw fault instanceof Refusal ? new Refusal(atTheDate(fault.problem)) : fault;
    }
    reason.clear();
    toast(t.deadlineExtended({ key: decision.key, time: timeWords(wall, today) }));
    close();
  };
  return (
    <Dialog title={t.extendDeadlineOf({ key: decision.key })} close={close}>
      <Form send={send} action={t.extendDeadline} aside={<CancelButton close={close} />}>
        <p>{t.extendMeans({ time: timeWords(input_due_local, today) })}</p>
        <div class="when-fields">
          <DateField
            name="date"
            label={common.date}
            required
            value={dayAfter(input_due_local)}
            min={input_due_local.slice(0, 10)}
          />
          <TimeOfDayField name="time" value={clockOf(input_due_local)} />
        </div>
        <ReasonField draft={reason} />
      </Form>
    </Dialog>
  );
}

/** The server knows which instant a wall clock's time is. Throws a Refusal. */
async function extend(
  here: WorkspaceHere,
  { key }: WholeDecision,
  input_due_local: string,
  reason: string,
): Promise<void> {
  const params = here.pathParams({ key });
  const query = { input_due_local };
  const { input_due_at } = await answer(api.GET(FAIRNESS, { params: { ...params, query } }));
  const body = { input_due_at: input_due_at ?? "", reason };
  await answer(api.POST(EXTEND, { params, body }));
}

const dayAfter = (local: string) =>
  new Date(Date.parse(`${local.slice(0, 10)}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** Show the server's errors for the deadline at the date field. */
function atTheDate(problem: Problem): Problem {
  const errors = problem.errors?.map((error) =>
    error.field.startsWith("input_due") ? { ...error, field: "date" } : error,
  );
  return errors ? { ...problem, errors } : problem;
}
