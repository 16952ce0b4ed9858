import { signal } from "@preact/signals";
import { lazyPart } from "../parts/lazy/lazy";

/** What a proposal begins with: the project where one is. */
export interface ProposalStart {
  project?: string;
}

const start = signal<ProposalStart | null>(null);

/** Open the dialog that proposes a decision. */
export function openProposal(from: ProposalStart = {}): void {
  start.value = from;
}

export const ProposeForm = lazyPart(() => import("./propose-form"), "The proposal");

export function ProposeDialog() {
  const close = () => (start.value = null);
  return start.value && <ProposeForm start={start.value} close={close} />;
}
