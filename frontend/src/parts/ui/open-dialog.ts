/** Opening the dialogs that belong to no page, from anywhere. `dialogs/dialogs.tsx` shows them. */

import { signal } from "@preact/signals";
import type { components } from "../../api/schema";

type Schemas = components["schemas"];

/** What a new task starts with: the column, project or parent where the dialog was opened. */
export type NewTaskStart = Partial<
  Pick<Schemas["TaskIn"], "project" | "state" | "assignee_id" | "priority" | "parent" | "title">
>;

/** What a proposal starts with: the project where the dialog was opened. */
export interface ProposalStart {
  project?: string;
}

/** Where something was explained: what the server is sent, and its name on screen. */
export interface ExplanationPlace {
  name: string;
  at: Pick<Schemas["ExplanationIn"], "project" | "topic_id" | "message_id">;
}

/** What each dialog starts with while it is open; null while it is closed. */
export const newTaskStart = signal<NewTaskStart | null>(null);
export const messageStart = signal<readonly string[] | null>(null);
export const proposalStart = signal<ProposalStart | null>(null);
export const explanationStart = signal<{ place: ExplanationPlace | null } | null>(null);

export function openNewTask(start: NewTaskStart = {}): void {
  newTaskStart.value = start;
}

/** Open the dialog for a new message, with these members as recipients. */
export function openMessage(to: readonly string[] = []): void {
  messageStart.value = to;
}

export function openProposal(start: ProposalStart = {}): void {
  proposalStart.value = start;
}

/** Open the dialog that notes an explanation; `place` is where it was given. */
export function openExplanation(place: ExplanationPlace | null): void {
  explanationStart.value = { place };
}
