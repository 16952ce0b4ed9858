import { useSignal } from "@preact/signals";
import { Pencil } from "lucide";
import { useRef } from "preact/hooks";
import t from "locale:decision";
import common from "locale:common";
import { minute } from "../../api/clock";
import { useCommands } from "../../keys/commands";
import { useMe, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { useDraft } from "../../parts/form/draft";
import { Editor } from "../../parts/form/editor";
import { Section } from "../../parts/ui/facts";
import { KeyHint } from "../../parts/ui/key-hint";
import type { Minutes } from "../../parts/form/minutes-field";
import { Notice } from "../../parts/ui/notice";
import { localNow, timeWords } from "../../parts/time/times";
import type { DecisionProps } from "./data";
import { answeredWords, choiceOf, choicesFor, type Given, needsReason, saidBy } from "./stances";
import { TimeSpent } from "./time-spent";
import "./answers.css";

/** What I answer, where I am asked: it can be changed until the decision is made. */
export function MyInput({ decision }: DecisionProps) {
  const here = useWorkspace();
  const me = useMe();
  const isChanging = useSignal(false);
  const heard = useSignal(0);
  const asked = decision.stakeholders.find(({ member_id }) => member_id === me.id);
  if (!asked || decision.status !== "open") return null;
  const given = decision.inputs.find(({ member_id }) => member_id === me.id);
  const where = `input:${decision.id}`;
  const isSending =
    decision.rev < heard.value || here.outbox.sends.value.some((send) => send.where === where);
  const send = (body: object) => {
    const path = `/api/workspaces/${here.slug}/decisions/${decision.key}/input`;
    const label = t.inputOn({ key: decision.key });
    isChanging.value = false;
    void here.outbox
      .send({ path, method: "PUT", body, label, where })
      .then((answered) => (heard.value = (answered as typeof decision).rev));
  };
  return (
    <Section
      id="my-input"
      title={t.yourInput}
      aside={given && <span class="quiet">{t.canChange}</span>}
    >
      {isSending && (
        <p class="quiet" role="status">
          {navigator.onLine && here.live.status.value === "live"
            ? t.sendingInput
            : t.inputKept}
        </p>
      )}
      {given && !isChanging.value && (
        <Answered given={given} decision={decision} change={() => (isChanging.value = true)} />
      )}
      {!isSending && (!given || isChanging.value) && (
        <InputForm
          decision={decision}
          askedFor={asked.asked_for}
          given={given}
          send={send}
          cancel={() => (isChanging.value = false)}
        />
      )}
    </Section>
  );
}

interface AnsweredProps extends DecisionProps {
  given: Given;
  change: () => void;
}

function Answered({ given, decision, change }: AnsweredProps) {
  return (
    <div class="answered">
      <p>{answeredWords(given, decision.options)}</p>
      <Button small icon={Pencil} onClick={change}>
        {t.changeInput}
      </Button>
    </div>
  );
}

interface FormProps extends DecisionProps {
  askedFor: "input" | "approval";
  given: Given | undefined;
  send: (body: object) => void;
  cancel: () => void;
}

type Missing = "choice" | "reason";

function InputForm({ decision, askedFor, given, send, cancel }: FormProps) {
  const choice = useDraft(`input:${decision.id}:choice`, given ? choiceOf(given) : "");
  const reason = useDraft(`input:${decision.id}`, given?.reason ?? "");
  const minutes = useSignal<Minutes | null>((given?.minutes as Minutes | undefined) ?? null);
  const missing = useSignal<Missing | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const choices = choicesFor(askedFor, decision.options);
  const chosen = choice.text.value;
  const why = needsReason(chosen) ? t.reason : t.comment;
  const begin = () => form.current?.querySelector<HTMLElement>(":checked, input")?.focus();
  useCommands([{ name: t.giveInput, keys: ["a"], group: t.decision, run: begin }]);
  const submit = () => {
    const said = choice.text.peek();
    const typed = reason.text.peek().trim();
    missing.value = !said ? "choice" : needsReason(said) && !typed ? "reason" : null;
    if (missing.peek()) return focusOn(form.current, missing.peek());
    choice.clear();
    reason.clear();
    send({ ...saidBy(said), reason: typed, minutes: minutes.peek() });
  };
  return (
    <form
      ref={form}
      class="input-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Deadline decision={decision} askedFor={askedFor} />
      <fieldset class="choices">
        <legend>{t.whatsYourView}</legend>
        {choices.map(({ value, words }) => (
          <label key={value} class="choice">
            <input
              type="radio"
              name="stance"
              value={value}
              checked={chosen === value}
              aria-describedby={missing.value === "choice" ? "input-missing" : undefined}
              onChange={() => (choice.text.value = value)}
            />
            {words}
          </label>
        ))}
      </fieldset>
      <span class="strong" aria-hidden="true">
        {why}
      </span>
      <Editor
        label={why}
        placeholder={needsReason(chosen) ? t.reasonHint : t.commentHint}
        text={reason.text}
        send={submit}
        {...(missing.value ? { describedBy: "input-missing" } : {})}
      />
      <TimeSpent chosen={minutes} />
      {missing.value && (
        <p class="refused" id="input-missing" role="alert">
          {missing.value === "choice" ? t.pickView : t.addReason}
        </p>
      )}
      <div class="form-end">
        <Button kind="primary" type="submit">
          {given ? t.updateInput : t.sendInput}
        </Button>
        {given && (
          <Button kind="quiet" onClick={cancel}>
            {common.cancel}
          </Button>
        )}
        <KeyHint keys="$mod+Enter" />
      </div>
    </form>
  );
}

function focusOn(form: HTMLFormElement | null, missing: Missing | null): void {
  form?.querySelector<HTMLElement>(missing === "choice" ? "input" : "textarea")?.focus();
}

/** When my input is due, or that it would be late. */
function Deadline({ decision, askedFor }: DecisionProps & Pick<FormProps, "askedFor">) {
  const me = useMe();
  const due = decision.deadlines.find(({ member_id }) => member_id === me.id)?.due;
  if (!due) return null;
  if (decision.closed_at && Date.parse(due.at) <= minute.value) {
    return <Notice kind="warn" lines={[t.inputIsLate]} />;
  }
  const time = timeWords(due.yours, localNow(due.at, due.yours, minute.value));
  return <p class="input-due">{t.yourInputDue({ askedFor, time: <strong>{time}</strong> })}</p>;
}
