import { CircleAlert, CirclePause, Clock, CornerUpLeft, Gavel, Handshake, Hourglass } from "lucide";
import common from "locale:common";
import t from "locale:today";
import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { Avatar } from "../../parts/people/avatar";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { isForDecision, timerKindWords } from "../../parts/data/timer-kinds";
import { Icon } from "../../parts/ui/icon";
import { promiseChoices } from "../../parts/time/promise-choices";
import { PromiseForm } from "../../parts/form/promise-form";
import { dateTimeWords, localNow, timeWords } from "../../parts/time/times";
import { pathOf } from "./address";
import type { Today } from "./data";
import type { Desk } from "./desk";
import type { Opened } from "./keys";
import { Respond } from "./respond";
import { RowFrame } from "./row-frame";
import { askRow } from "./rows";
import { type AskLine, type AskStatus, askStatus } from "./ask-status";

const ICONS = { bad: CircleAlert, warn: Hourglass, info: Clock, plain: CirclePause };

/** A question for me, which I can answer or promise to answer in place. */
export function AskRow({ line, desk }: { line: AskLine; desk: Desk }) {
  const here = useWorkspace();
  const { today, keys, done } = desk;
  const { timer, author, topic, project } = line;
  const sending = here.outbox.sends.value.some((send) => send.where === topic.id);
  const opened = keys.opened.value?.id === timer.id ? keys.opened.value.action : null;
  return (
    <RowFrame
      row={askRow(line)}
      desk={desk}
      chip={<StandingChip line={line} today={today} />}
      title={titleOf(line)}
      acts={<Acts line={line} keys={keys} opened={opened} />}
      more={
        <>
          {opened === "respond" && <Respond line={line} onAnswered={done} />}
          {opened === "promise" && (
            <div class="ask-more">
              <PromiseForm
                timerId={timer.id}
                author={author.name}
                now={today.now.local}
                choices={promiseChoices(today)}
                done={done}
              />
            </div>
          )}
        </>
      }
    >
      <p class="ask-line">
        <Avatar of={author} />
        <span class="ellipsis">
          <span class="who">{author.name}</span> {line.excerpt}
        </span>
      </p>
      <p class="facts">
        {timer.urgent && <strong>{t.urgent}</strong>}
        <HandedOver line={line} />
        <span>{timer.follows ? t.youPromised : timerKindWords(timer.kind)}</span>
        {project && <span>{project.name}</span>}
        <span>{t.messages({ count: topic.message_count })}</span>
        {sending && <span role="status">{t.sendingAnswer}</span>}
      </p>
    </RowFrame>
  );
}

/** Who an ask was handed over from, and since when their answer is overdue. */
export function HandedOver({ line: { timer, overdue_since } }: { line: AskLine }) {
  const { live } = useWorkspace();
  if (!timer.handed_over || !overdue_since) return null;
  const name = live.one("members", timer.handed_over.from_id).value?.name ?? common.someone;
  const { at, yours } = overdue_since;
  return <span>{t.handedOverFrom({ name, when: timeWords(yours, localNow(at, yours, minute.value)) })}</span>;
}

interface ActsProps {
  line: AskLine;
  keys: Desk["keys"];
  opened: Opened["action"] | null;
}

/** Answering or promising in place; a decision is answered on its own page. */
function Acts({ line, keys, opened }: ActsProps) {
  const here = useWorkspace();
  const { timer } = line;
  const isInput = timer.kind === "decision_input";
  const canPromise =
    !isInput && !timer.breached_at && Date.parse(timer.due_at ?? "") > minute.value;
  return (
    <>
      {isForDecision(timer.kind) ? (
        <a class="button small" href={here.pageUrl(pathOf(line))}>
          <Icon of={Gavel} size={14} />
          {isInput ? t.giveInput : t.decide}
        </a>
      ) : (
        <Button
          small
          icon={CornerUpLeft}
          aria-expanded={opened === "respond"}
          onClick={() => keys.toggle(timer.id, "respond")}
        >
          {t.reply}
        </Button>
      )}
      {canPromise && (
        <Button
          small
          kind="quiet"
          icon={Handshake}
          aria-expanded={opened === "promise"}
          onClick={() => keys.toggle(timer.id, "promise")}
        >
          {common.promise}
        </Button>
      )}
    </>
  );
}

/** What it is about: `WEB-12 Payments`, or the conversation. */
export function titleOf({ task, decision, topic, project }: AskLine) {
  const named = task ?? decision;
  if (named) {
    return (
      <>
        <span class="key">{named.key}</span> {named.title}
      </>
    );
  }
  return <>{topic.kind === "discussion" && project ? t.projectTopic({ project: project.name, topic: topic.title }) : topic.title}</>;
}

/** The status of a question, with the due time as tooltip. */
export function StandingChip({ line, today }: { line: AskLine; today: Today }) {
  const standing: AskStatus = askStatus(line, Date.parse(today.now.at), minute.value);
  const local = line.due?.yours;
  const title = local && t.dueForYou({ when: dateTimeWords(local) });
  return (
    <Chip tone={standing.tone} icon={ICONS[standing.tone]} {...(title ? { title } : {})}>
      {standing.words}
    </Chip>
  );
}
