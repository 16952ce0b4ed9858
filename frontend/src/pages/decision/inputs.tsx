import { useSignal } from "@preact/signals";
import { Hourglass } from "lucide";
import type { ComponentChildren } from "preact";
import t from "locale:decision";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { Avatar } from "../../parts/people/avatar";
import { Chip } from "../../parts/ui/chip";
import { dueWords } from "../../parts/time/due-words";
import { LocalTime } from "../../parts/time/when";
import { Section } from "../../parts/ui/facts";
import { useLoaded } from "../../parts/data/loaded";
import { Rendered } from "../../parts/data/rendered";
import { workingWords } from "./fairness-words";
import type { DecisionProps } from "./data";
import { type Given, STANCES, stanceWords, tallyWords } from "./stances";
import { useWorkingLeft } from "./working-left";
import { LoadStatus } from "../../parts/data/load-status";
import "./answers.css";

/** Who was asked and what each said; who has not answered, and until when in whose time. */
export function Inputs({ decision }: DecisionProps) {
  const { inputs, stakeholders } = decision;
  if (decision.status === "draft" || stakeholders.length === 0) return null;
  const inTime = inputs.filter(({ is_late }) => !is_late);
  const late = inputs.filter(({ is_late }) => is_late);
  const waiting = stakeholders.filter(({ has_answered }) => !has_answered);
  const tally = tallyWords(inputs);
  const [count, total] = [inputs.length, stakeholders.length];
  return (
    <Section
      id="inputs"
      title={t.input}
      aside={
        <span class="quiet">
          {tally ? t.answeredTally({ count, total, tally }) : t.answeredOf({ count, total })}
        </span>
      }
    >
      {inTime.length + waiting.length > 0 && (
        <ul class="panel answers" aria-label={t.input}>
          {inTime.map((given) => (
            <GivenRow key={given.id} given={given} decision={decision} />
          ))}
          {decision.status === "open" ? (
            <WaitingRows decision={decision} />
          ) : (
            waiting.map(({ member_id }) => (
              <WaitingRow key={member_id} memberId={member_id} decision={decision} />
            ))
          )}
        </ul>
      )}
      {late.length > 0 && (
        <>
          <h3>{t.afterDeadline}</h3>
          <ul class="panel answers" aria-label={t.lateInput}>
            {late.map((given) => (
              <GivenRow key={given.id} given={given} decision={decision} />
            ))}
          </ul>
        </>
      )}
      {inputs.length > 0 && <Earlier decision={decision} />}
    </Section>
  );
}

interface RowProps extends DecisionProps {
  given: Given;
}

function GivenRow({ given, decision }: RowProps) {
  const { live } = useWorkspace();
  const decider = live.one("members", decision.decided_by ?? "").value?.name ?? t.decider;
  return (
    <li class="answer">
      <AnswerHead memberId={given.member_id} decision={decision}>
        <StanceChip given={given} decision={decision} />
        <span class="quiet answer-facts">
          <LocalTime at={given.given.at} local={given.given.yours} />
          {given.is_late && ` · ${t.late}`}
          {given.minutes !== null && ` · ${t.minutesSpent({ minutes: given.minutes })}`}
        </span>
      </AnswerHead>
      {given.reason && <Rendered html={given.reason_html} />}
      {given.answer && (
        <div class="answer-to">
          <p class="quiet">{t.answerFrom({ name: decider })}</p>
          <Rendered html={given.answer_html} />
        </div>
      )}
    </li>
  );
}

function StanceChip({ given, decision }: RowProps) {
  const { tone, icon } = STANCES[given.stance];
  return (
    <Chip tone={tone} icon={icon}>
      {stanceWords(given, decision.options)}
    </Chip>
  );
}

/** Who has not answered, with the working time that each of them has left. */
function WaitingRows({ decision }: DecisionProps) {
  const left = useWorkingLeft(decision);
  return decision.stakeholders
    .filter(({ has_answered }) => !has_answered)
    .map(({ member_id }) => (
      <WaitingRow
        key={member_id}
        memberId={member_id}
        decision={decision}
        left={left.get(member_id)}
      />
    ));
}

interface WaitingProps extends DecisionProps {
  memberId: string;
  /** Seconds of their working time until the deadline. */
  left?: number | undefined;
}

/** Someone who hasn't answered, with their deadline in both time zones. */
function WaitingRow({ memberId, decision, left }: WaitingProps) {
  const { live } = useWorkspace();
  const isMine = memberId === live.board.peek()?.me.member_id;
  const deadline = decision.deadlines.find(({ member_id }) => member_id === memberId);
  const zone = isMine ? undefined : deadline?.zone;
  const words = deadline && dueWords(deadline.due, zone, minute.value);
  return (
    <li class="answer">
      <AnswerHead memberId={memberId} decision={decision}>
        <Chip icon={Hourglass}>
          {decision.status === "open" ? t.notAnswered : t.didNotAnswer}
        </Chip>
        {decision.status === "open" && words && (
          <span class="quiet answer-facts">
            {left !== undefined && !decision.closed_at
              ? t.workingTimeLeftDue({ left: workingWords(left), due: words })
              : words}
          </span>
        )}
      </AnswerHead>
    </li>
  );
}

interface HeadProps extends DecisionProps {
  memberId: string;
  children: ComponentChildren;
}

function AnswerHead({ memberId, decision, children }: HeadProps) {
  const member = useWorkspace().live.one("members", memberId).value;
  const asked = decision.stakeholders.find(({ member_id }) => member_id === memberId);
  return (
    <div class="answer-head">
      <Avatar of={member ?? { id: memberId, name: "?" }} size={24} />
      <span class="strong">{member?.name ?? common.someone}</span>
      {asked?.asked_for === "approval" && <span class="quiet">{t.askedToApprove}</span>}
      {children}
    </div>
  );
}

/** Answers that were replaced by later ones; read when it is opened. */
function Earlier({ decision }: DecisionProps) {
  const isOpen = useSignal(false);
  return (
    <details class="fold" onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
      <summary>{t.earlierVersions}</summary>
      {isOpen.value && <Replaced decision={decision} />}
    </details>
  );
}

const ALL = "/api/workspaces/{workspace}/decisions/{key}/inputs";

function Replaced({ decision }: DecisionProps) {
  const here = useWorkspace();
  const all = useLoaded(
    () => answer(api.GET(ALL, { params: here.pathParams({ key: decision.key }) })),
    [decision.key, decision.rev],
  );
  const replaced = all.data.value?.filter(({ replaced_at }) => replaced_at);
  return (
    <>
      <LoadStatus of={all} rows={2} />
      {replaced?.length === 0 && <p class="quiet">{t.noEarlierVersions}</p>}
      {replaced && replaced.length > 0 && (
        <ul class="panel answers" aria-label={t.earlierVersions}>
          {replaced.map((given) => (
            <GivenRow key={given.id} given={given} decision={decision} />
          ))}
        </ul>
      )}
    </>
  );
}
