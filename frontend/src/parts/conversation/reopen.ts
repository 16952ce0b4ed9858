/** Says which questions a message answered, and reopens them while that is possible. */

import t from "locale:conversation";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { problemIn } from "../../api/problem";
import type { components } from "../../api/schema";
import type { WorkspaceHere } from "../../live/workspace";
import { problemWords } from "../data/edit-outcome";
import { toast } from "../ui/toast";

type Answered = components["schemas"]["AnsweredOut"];

/** Say what was answered, with Undo. `written` is the server's response to a message. */
export function reportAnswers(here: WorkspaceHere, written: unknown): void {
  const { answers } = written as { answers: readonly Answered[] };
  if (answers.length === 0) return;
  const undo = () => void reopen(here, answers);
  toast(answeredWords(here, answers), { action: { name: common.undo, run: undo, undoes: true } });
}

/** `Answered Ada’s question`, `Answered 2 questions`. */
export function answeredWords(here: WorkspaceHere, answers: readonly Answered[]): string {
  const [only] = answers;
  if (!only || answers.length > 1) return t.answeredSome({ count: answers.length });
  const name = here.live.one("members", only.author_id).value?.name ?? common.someone;
  return t.answeredOne({ name: name.split(" ")[0] ?? name });
}

/** Reopen what a message of mine answered, and say so. */
export async function reopen(here: WorkspaceHere, answers: readonly Answered[]): Promise<void> {
  const path = "/api/workspaces/{workspace}/timers/{timer_id}/response";
  const again = ({ timer_id }: Answered) =>
    answer(api.DELETE(path, { params: here.pathParams({ timer_id }) }));
  try {
    await Promise.all(answers.map(again));
    toast(t.reopened({ count: answers.length }));
  } catch (fault) {
    toast(t.notReopened({ reason: problemWords(problemIn(fault)) }), { kind: "bad" });
  }
}
