import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import t from "locale:decision";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { Refusal } from "../../api/problem";
import { useCommands } from "../../keys/commands";
import { useMe, useWorkspace, type WorkspaceHere } from "../../live/workspace";
import { announce } from "../../parts/ui/announce";
import { DateField } from "../../parts/form/date-field";
import { type Draft, useDraft } from "../../parts/form/draft";
import { Section } from "../../parts/ui/facts";
import { Form, textOf, useFieldError } from "../../parts/form/form";
import { KeyHint } from "../../parts/ui/key-hint";
import type { Minutes } from "../../parts/form/minutes-field";
import { Rendered } from "../../parts/data/rendered";
import { TextArea } from "../../parts/form/text-area";
import { AskedCountdown } from "./countdown";
import { answerField, clearAll, useOutcomeDrafts } from "./outcome-drafts";
import type { DecisionProps, WholeDecision } from "./data";
import { type Given, tallyWords } from "./stances";
import { TimeSpent } from "./time-spent";
import "./answers.css";

/** What is decided: the decider's form once input is over; to others, who decides and by when. */
export function Outcome({ decision }: DecisionProps) {
  const me = useMe();
  if (decision.status !== "open") return null;
  const due = Date.parse(decision.input_due_at ?? "");
  const isOver = decision.closed_at !== null || due <= minute.value;
  if (isOver && decision.decider_id === me.id) return <OutcomeForm decision={decision} />;
  return <Awaited decision={decision} isOver={isOver} />;
}

function Awaited({ decision, isOver }: DecisionProps & { isOver: boolean }) {
  const here = useWorkspace();
  const me = useMe();
  const id = decision.decider_id ?? "";
  const name = here.live.one("members", id).value?.name ?? common.someone;
  const next = id === me.id ? t.youDecide : t.decides({ name });
  return (
    <Section id="outcome" title={t.outcome}>
      <p class="input-due">
        {isOver ? t.decidesNow({ name }) : next}{" "}
        {isOver && <AskedCountdown decision={decision} memberId={id} />}
      </p>
    </Section>
  );
}

const DECIDE = "/api/workspaces/{workspace}/decisions/{key}/decide";
const MADE = "urn:dayline:problem:decision-decided";
const OWN = "own";

function OutcomeForm({ decision }: DecisionProps) {
  const here = useWorkspace();
  const me = useMe();
  const box = useRef<HTMLDivElement>(null);
  const drafts = useOutcomeDrafts(decision);
  const isOwn = drafts.option.text.value === OWN;
  const minutes = useSignal<Minutes | null>(null);
  const toAnswer = decision.inputs.filter(({ stance }) => stance === "reject");
  const others = decision.inputs.filter(({ stance }) => stance === "object");
  const write = () => box.current?.querySelector("input")?.focus();
  useCommands([{ name: t.recordDecision, keys: ["a"], group: t.decision, run: write }]);
  const send = async (form: FormData) => {
    const body = bodyOf(form, decision, minutes.peek());
    await decide(here, decision, body);
    clearAll(here, decision, drafts);
    announce(t.recorded({ key: decision.key }));
  };
  const submit = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    box.current?.querySelector("form")?.requestSubmit();
  };
  return (
    <Section
      id="outcome"
      title={t.recordDecision}
      aside={<AskedCountdown decision={decision} memberId={me.id} />}
    >
      <div class="outcome-form" ref={box} onKeyDown={submit}>
        <Form send={send} action={t.record} aside={<KeyHint keys="$mod+Enter" />}>
          <OptionChoice decision={decision} draft={drafts.option} />
          <TextArea
            name="outcome"
            label={isOwn ? t.describeDecision : t.addDetails}
            required={isOwn}
            draft={drafts.outcome}
          />
          <TextArea
            name="rationale"
            label={t.why}
            hint={t.whyHint}
            required
            rows={4}
            draft={drafts.rationale}
          />
          {toAnswer.map((given) => (
            <AnswerField key={given.id} given={given} decision={decision} required />
          ))}
          {others.map((given) => (
            <AnswerField key={given.id} given={given} decision={decision} />
          ))}
          <DateField
            name="review_on"
            label={t.reviewOnOptional}
            hint={t.reviewOnHint}
            value={drafts.review.text.peek()}
            onChange={(date) => (drafts.review.text.value = date)}
          />
          <TimeSpent chosen={minutes} />
          <p class="quiet">{t.recordIsFinal}</p>
        </Form>
      </div>
    </Section>
  );
}

/** The options with the input on each, and an outcome in the decider's own words. */
function OptionChoice({ decision, draft }: DecisionProps & { draft: Draft }) {
  const { error, clear } = useFieldError("option");
  const choices = decision.options.map(({ id, title, is_recommended }) => ({
    value: id,
    words: title,
    aside: asideOf(decision, id, is_recommended),
  }));
  const own = { value: OWN, words: t.somethingElse, aside: "" };
  return (
    <fieldset
      class="choices"
      role="radiogroup"
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? "option-error" : undefined}
    >
      <legend>{t.whatDidYouDecide}</legend>
      {[...choices, own].map(({ value, words, aside }) => (
        <label key={value} class="choice">
          <input
            type="radio"
            name="option"
            value={value}
            required
            checked={draft.text.value === value}
            onChange={() => {
              clear();
              draft.text.value = value;
            }}
          />
          <span>
            {words}
            {aside && <span class="quiet"> · {aside}</span>}
          </span>
        </label>
      ))}
      {error && (
        <p class="refused" id="option-error">
          {t.pickOption}
        </p>
      )}
    </fieldset>
  );
}

/** `Recommended · 2 agree`; `1 prefers this`. */
function asideOf({ inputs }: WholeDecision, id: string, isRecommended: boolean): string {
  const tally = tallyWords(inputs);
  if (isRecommended) return tally ? t.recommendedTally({ tally }) : t.recommended;
  const count = inputs.filter(({ option_id }) => option_id === id).length;
  return count === 0 ? "" : t.preferThis({ count });
}

interface AnswerProps extends DecisionProps {
  given: Given;
  required?: boolean;
}

/** What someone said against it, and what the decider says to that. */
function AnswerField({ given, decision, required = false }: AnswerProps) {
  const here = useWorkspace();
  const draft = useDraft(answerField(decision, given));
  const name = here.live.one("members", given.member_id).value?.name;
  const whom = { name: name ?? "none" };
  return (
    <div class="to-answer">
      <p>{t.isAgainst({ name: <strong>{name ?? common.someone}</strong>, stance: given.stance })}</p>
      <blockquote class="asked">
        <Rendered html={given.reason_html} />
      </blockquote>
      <TextArea
        name={`answer:${given.member_id}`}
        label={required ? t.answerTo(whom) : t.answerToOptional(whom)}
        required={required}
        rows={2}
        draft={draft}
      />
    </div>
  );
}

function bodyOf(form: FormData, decision: WholeDecision, minutes: Minutes | null) {
  const option = textOf(form, "option");
  const answers = decision.inputs
    .map(({ member_id }) => ({ member_id, answer: textOf(form, `answer:${member_id}`).trim() }))
    .filter(({ answer: said }) => said);
  return {
    option_id: option === OWN ? null : option,
    outcome: textOf(form, "outcome").trim(),
    rationale: textOf(form, "rationale").trim(),
    answers,
    minutes,
    review_on: textOf(form, "review_on") || null,
  };
}

/** Throws a Refusal; that someone else was first is said in words of the page. */
async function decide(
  here: WorkspaceHere,
  { key }: WholeDecision,
  body: ReturnType<typeof bodyOf>,
): Promise<void> {
  try {
    await answer(api.POST(DECIDE, { params: here.pathParams({ key }), body }));
  } catch (fault) {
    if (!(fault instanceof Refusal) || fault.problem.type !== MADE) throw fault;
    const title = t.decidedMeanwhile;
    throw new Refusal({ ...fault.problem, title, detail: t.decidedMeanwhileKept });
  }
}
