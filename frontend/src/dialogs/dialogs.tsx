import t from "locale:shell";
import { lazyPart } from "../parts/lazy/lazy";
import {
  explanationStart,
  messageStart,
  newTaskStart,
  proposalStart,
} from "../parts/ui/open-dialog";

const NewTaskForm = lazyPart(() => import("./new-task-form"), () => t.newTask);
const ComposeForm = lazyPart(() => import("./compose-form"), () => t.newMessage);
const ProposeForm = lazyPart(() => import("./propose-form"), () => t.proposeDecision);
const ExplainForm = lazyPart(() => import("./explain-form"), () => t.logExplanation);

/** The dialogs that any page can open. */
export function Dialogs() {
  const task = newTaskStart.value;
  const to = messageStart.value;
  const proposal = proposalStart.value;
  const explanation = explanationStart.value;
  return (
    <>
      {task && <NewTaskForm start={task} close={() => (newTaskStart.value = null)} />}
      {to && <ComposeForm to={to} close={() => (messageStart.value = null)} />}
      {proposal && <ProposeForm start={proposal} close={() => (proposalStart.value = null)} />}
      {explanation && (
        <ExplainForm place={explanation.place} close={() => (explanationStart.value = null)} />
      )}
    </>
  );
}

/** Fetch the dialogs before they are opened. */
export function preloadDialogs(): void {
  for (const form of [NewTaskForm, ComposeForm, ProposeForm, ExplainForm]) form.preload();
}
