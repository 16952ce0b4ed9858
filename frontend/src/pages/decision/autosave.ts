/** Autosave for fields of a draft: after a pause in typing and on leaving the field. */

import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Problem, problemIn } from "../../api/problem";
import { useWorkspace } from "../../live/workspace";
import { useDraft } from "../../parts/form/draft";
import { type Edit, type Field, type Send } from "./change";
import type { WholeDecision } from "./data";

const PAUSE_MS = 1200;
const UNREACHABLE_STATUS = 0;

type SaveStatus = "saved" | "typed" | "saving" | "settled";

export interface Autosave {
  text: Signal<string>;
  status: Signal<SaveStatus>;
  problem: Signal<Problem | null>;
  /** Someone else's version of the field, where it conflicts. */
  theirs: Signal<WholeDecision | null>;
  /** Save now, unless there is a conflict. Resolves after the attempt. */
  flush: () => Promise<void>;
  /** Save over the other version. */
  replace: () => Promise<void>;
  /** Discard what was typed and use the other version. */
  takeTheirs: () => void;
}

export interface AutosavedField {
  decision: WholeDecision;
  field: Field;
  send: Send;
  /** The field's text in a revision of the decision. */
  textIn: (decision: WholeDecision) => string;
  /** The edit to send for a text; null while it is incomplete. */
  editOf: (text: string) => Edit | null;
}

/**
 * Saves a field while it is typed. The text is kept in this browser until then, and both versions
 * are kept in a conflict.
 */
export function useAutosave({ decision, field, send, textIn, editOf }: AutosavedField): Autosave {
  const { live } = useWorkspace();
  const draft = useDraft(`decision:${decision.id}:${field}`, textIn(decision));
  const { text } = draft;
  const status = useSignal<SaveStatus>(text.peek() === textIn(decision) ? "saved" : "typed");
  const problem = useSignal<Problem | null>(null);
  const theirs = useSignal<WholeDecision | null>(null);
  const base = useRef(decision);
  const synced = useRef(textIn(decision));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const settle = (document: WholeDecision, saved: string) => {
    base.current = document;
    synced.current = saved;
    theirs.value = null;
    draft.markSaved(saved);
  };
  const lastAttempt = useRef<Promise<void>>(Promise.resolve());
  const saveOver = async (isOver: boolean) => {
    clearTimeout(timer.current);
    while (status.peek() === "saving") await lastAttempt.current;
    const typed = text.peek();
    const edit = editOf(typed);
    const isDue = isOver || (typed !== synced.current && !theirs.peek());
    if (!isDue || edit === null) return;
    lastAttempt.current = attempt(typed, edit);
    await lastAttempt.current;
  };
  const flush = () => saveOver(false);
  const attempt = async (typed: string, edit: Edit) => {
    status.value = "saving";
    problem.value = null;
    try {
      const outcome = await send(theirs.peek() ?? base.current, field, edit);
      if (outcome.kind === "settled") settle(outcome.document, typed);
      else theirs.value = outcome.theirs;
    } catch (fault) {
      problem.value = problemIn(fault);
    }
    status.value = text.peek() === synced.current ? "settled" : "typed";
    if (text.peek() !== typed) later();
  };
  const later = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void latest.current(), PAUSE_MS);
  };
  const latest = useRef(flush);
  latest.current = flush;

  useEffect(() => {
    let isFirst = true; // a restored draft is not sent unseen
    return text.subscribe((typed) => {
      if (!isFirst && typed !== synced.current && !theirs.peek()) {
        if (status.peek() !== "saving") status.value = "typed";
        later();
      }
      isFirst = false;
    });
  }, [text, status, theirs]);
  useEffect(() => () => void latest.current(), []);
  useEffect(
    () =>
      live.status.subscribe((now) => {
        if (now === "live" && problem.peek()?.status === UNREACHABLE_STATUS) void latest.current();
      }),
    [live, problem],
  );
  const follow = useRef(() => {});
  follow.current = () => {
    if (decision.rev <= base.current.rev || status.peek() === "saving") return;
    const now = textIn(decision);
    if (now === textIn(base.current)) base.current = decision;
    else if (text.peek() === synced.current) {
      settle(decision, now);
      text.value = now;
    }
  };
  useEffect(() => follow.current(), [decision.rev]);

  const takeTheirs = () => {
    const document = theirs.peek();
    if (!document) return;
    settle(document, textIn(document));
    text.value = textIn(document);
    status.value = "settled";
  };
  return { text, status, problem, theirs, flush, replace: () => saveOver(true), takeTheirs };
}
