import { answer, api } from "../../api/client";
import { Refusal } from "../../api/problem";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/button";
import { Failed } from "../../parts/failed";
import { useDeed } from "../../parts/deed";
import { Field } from "../../parts/field";
import { DateField } from "../../parts/date-field";
import { Form, textOf } from "../../parts/form";
import { whenWords } from "../../parts/times";
import { toast } from "../../parts/toast";
import { choicesAt } from "./choices";
import type { Today } from "./reading";
import type { AskLine } from "./standing";

interface Props {
  line: AskLine;
  today: Today;
  done: () => Promise<void>;
}

/** Until when I promise an answer: one of two likely times, or any of my own clock. */
export function PromiseForm({ line, today, done }: Props) {
  const here = useWorkspace();
  const deed = useDeed();
  const promise = async (promised_local: string) => {
    const params = here.path({ timer_id: line.timer.id });
    const path = "/api/workspaces/{workspace}/timers/{timer_id}/acknowledgement";
    await answer(api.PUT(path, { params, body: { promised_local } }));
    toast(`${line.author.name} sees that you answer by ${whenWords(promised_local, today.now.local)}`);
    await done();
  };
  const send = async (form: FormData) => {
    try {
      await promise(`${textOf(form, "date")}T${textOf(form, "time")}`);
    } catch (fault) {
      throw fault instanceof Refusal ? atTheirFields(fault) : fault;
    }
  };
  const choices = choicesAt(today);
  return (
    <div class="ask-more">
      <p class="quiet">
        {line.author.name} sees by when to expect your answer; the clock then runs to that time.
      </p>
      <div class="ask-end">
        {choices.map((local) => (
          <Button key={local} small onClick={() => deed.run(() => promise(local))}>
            {upper(whenWords(local, today.now.local))}
          </Button>
        ))}
      </div>
      <Failed of={deed} />
      <Form send={send} action="Promise">
        <div class="promise-fields">
          <DateField
            name="date"
            label="Date"
            required
            value={(choices.at(-1) ?? today.now.local).slice(0, 10)}
            min={today.now.local.slice(0, 10)}
          />
          <Field
            name="time"
            label="Time on your clock"
            required
            pattern="([01][0-9]|2[0-3]):[0-5][0-9]"
            title="Write a time of day like 15:00."
            defaultValue="11:00"
          />
        </div>
      </Form>
    </div>
  );
}

/** What the server says of the instant, said at the date. */
function atTheirFields({ problem }: Refusal): Refusal {
  const errors = problem.errors?.map((error) => ({ ...error, field: "date" }));
  return new Refusal(errors ? { ...problem, errors } : problem);
}

const upper = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
