import t from "locale:conversation";
import common from "locale:common";
import { minute } from "../../api/clock";
import type { Timer } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { localNow, timeWords } from "../time/times";
import type { Answers } from "./answers";

/** The questions that are open for me here, each ticked if the message answers it. */
export function AnswerChoices({ answers }: { answers: Answers }) {
  const open = answers.open.value;
  if (open.length === 0) return null;
  return (
    <fieldset class="answer-choices">
      <legend class={open.length === 1 ? "unseen" : "strong"}>{t.answers}</legend>
      {open.map((timer) => (
        <label key={timer.id}>
          <input
            type="checkbox"
            checked={answers.chosen.value.includes(timer.id)}
            onChange={({ currentTarget }) => answers.choose(timer.id, currentTarget.checked)}
          />
          <Question timer={timer} isOnly={open.length === 1} />
        </label>
      ))}
    </fieldset>
  );
}

/** `Ada’s question from Mon 14:00 · due 16:30`. */
function Question({ timer, isOnly }: { timer: Timer; isOnly: boolean }) {
  const { live } = useWorkspace();
  const name = live.one("members", timer.author_id).value?.name ?? common.someone;
  const isMine = timer.recipient_id === live.board.peek()?.me.member_id;
  const isPromise = timer.follows ? "yes" : "no";
  const { sent_at, due_at } = timer.local;
  const words = (at: string, local: string) => timeWords(local, localNow(at, local, minute.value));
  const when = isMine ? words(timer.sent_at, sent_at) : "";
  const what = isOnly
    ? t.answersQuestion({ name, isPromise })
    : t.questionOf({ name, isPromise });
  return (
    <span>
      {timer.urgent && <strong>{t.urgent} </strong>}
      {when ? t.questionFrom({ what, when }) : what}
      {isMine && timer.due_at && due_at && (
        <span class="quiet"> · {t.dueAt({ when: words(timer.due_at, due_at) })}</span>
      )}
    </span>
  );
}
