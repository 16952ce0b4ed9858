import t from "locale:conversation";
import common from "locale:common";
import { useSignal } from "@preact/signals";
import { Check, CircleSlash, Handshake, Play, CirclePause } from "lucide";
import { minute } from "../../api/clock";
import { answer, api } from "../../api/client";
import { list } from "../../text/format";
import type { Timer } from "../../live/documents";
import { useTeamHours, useWorkspace } from "../../live/workspace";
import { Avatar } from "../people/avatar";
import { Button } from "../ui/button";
import { Chip } from "../ui/chip";
import { Countdown } from "../time/countdown";
import { useAction } from "../ui/action";
import { RequestError } from "../ui/error-notice";
import { promiseChoices } from "../time/promise-choices";
import { PromiseForm } from "../form/promise-form";
import { localNow } from "../time/times";
import { dueWords } from "../time/due-words";
import type { Message } from "./message-list";
import { PauseForm } from "./pause-form";
import { DueExplanation } from "./due-explanation";
import { isAdmin } from "../../live/documents";

export type Ask = Message["asks"][number];

type Opened = "why" | "promise" | "pause" | null;

/** A person that a message asks: when the answer is due, its status, and actions. */
export function AskLine({ ask, message }: { ask: Ask; message: Message }) {
  const here = useWorkspace();
  const opened = useSignal<Opened>(null);
  const action = useAction();
  const me = here.live.board.peek()?.me;
  const member = here.live.one("members", ask.member_id).value;
  const timer = here.live.one("timers", ask.timer_id).value;
  const name = member?.name ?? common.someone;
  const isMine = ask.member_id === me?.member_id;
  const isOpen = ask.state === "open" || ask.state === "paused";
  const isFixed = timer?.kind === "decision_input";
  const canManage =
    isMine || message.author.id === me?.member_id || isAdmin(me?.role);
  const toggle = (which: Opened) => (opened.value = opened.value === which ? null : which);
  const close = () => (opened.value = null);
  const resume = async () => {
    const params = here.pathParams({ timer_id: ask.timer_id });
    await answer(api.DELETE("/api/workspaces/{workspace}/timers/{timer_id}/pause", { params }));
  };
  return (
    <li class="ask-item">
      <div class="ask-item-row">
        {member && <Avatar of={member} />}
        <span class="strong">{isMine ? common.you : name}</span>
        <AskChip ask={ask} timer={timer} />
        <Facts ask={ask} timer={timer} isMine={isMine} />
        <span class="ask-item-acts">
          {isMine && !isFixed && ask.state === "open" && (
            <Button
              small
              kind="quiet"
              icon={Handshake}
              aria-expanded={opened.value === "promise"}
              onClick={() => toggle("promise")}
            >
              {common.promise}
            </Button>
          )}
          {canManage && !isFixed && ask.state === "open" && (
            <Button
              small
              kind="quiet"
              icon={CirclePause}
              aria-expanded={opened.value === "pause"}
              onClick={() => toggle("pause")}
            >
              {t.pause}
            </Button>
          )}
          {canManage && ask.state === "paused" && (
            <Button small kind="quiet" icon={Play} onClick={() => action.run(resume)}>
              {t.resume}
            </Button>
          )}
          {(isOpen || ask.due) && (
            <Button
              small
              kind="quiet"
              aria-expanded={opened.value === "why"}
              onClick={() => toggle("why")}
            >
              {t.whyThisTime}
            </Button>
          )}
        </span>
      </div>
      <RequestError of={action} />
      {opened.value === "why" && <DueExplanation timerId={ask.timer_id} rev={timer?.rev} name={name} />}
      {opened.value === "pause" && <PauseForm timerId={ask.timer_id} close={close} />}
      {opened.value === "promise" && (
        <PromiseHere ask={ask} author={message.author.name} done={close} />
      )}
    </li>
  );
}

/** The status of a question, in words. */
function AskChip({ ask, timer }: { ask: Ask; timer: Timer | undefined }) {
  if (ask.state === "responded") {
    return ask.breached_at ? (
      <Chip>{t.answeredLate}</Chip>
    ) : (
      <Chip tone="good" icon={Check}>
        {t.answered}
      </Chip>
    );
  }
  if (ask.state === "cancelled") return <Chip icon={CircleSlash}>{t.noLongerNeeded}</Chip>;
  if (ask.state === "acknowledged") return <Chip icon={Handshake}>{t.promised}</Chip>;
  return timer ? <Countdown timer={timer} seesDue={ask.due !== null} /> : <Chip>{t.waiting}</Chip>;
}

function Facts({ ask, timer, isMine }: { ask: Ask; timer: Timer | undefined; isMine: boolean }) {
  const { live } = useWorkspace();
  const covered = ask.covers.map(
    (id) => live.one("members", id).value?.name ?? common.someoneInSentence,
  );
  const isOver = ask.state === "responded" || ask.state === "cancelled";
  const zone = timer?.zone ?? live.one("calendars", ask.member_id).value?.zone;
  const due = ask.due
    ? dueWords(ask.due, isMine ? undefined : zone, minute.value, ask.state === "paused")
    : t.noWorkingHours;
  const facts = [
    ask.handed_over &&
      t.handedOverFrom({
        name: live.one("members", ask.handed_over.from_id).value?.name ?? common.someone,
      }),
    covered.length > 0 && t.standsInFor({ names: list(covered) }),
    timer?.follows && t.promised,
    timer?.pause_reason,
    !isOver && due,
  ];
  return <span class="quiet ask-item-facts">{facts.filter(Boolean).join(" · ")}</span>;
}

interface PromiseProps {
  ask: Ask;
  author: string;
  done: () => void;
}

/** The form to promise an answer, with likely times from my hours. */
function PromiseHere({ ask, author, done }: PromiseProps) {
  const mine = useTeamHours().get(ask.member_id);
  const { due } = ask;
  const now = due ? localNow(due.at, due.yours, minute.value) : (mine?.now.local ?? "");
  const next = mine && !mine.is_working ? mine.next_start : null;
  const choices = mine
    ? promiseChoices({ now: { local: now }, is_working: mine.is_working, next_first_check: next })
    : [];
  return (
    <PromiseForm timerId={ask.timer_id} author={author} now={now} choices={choices} done={done} />
  );
}
