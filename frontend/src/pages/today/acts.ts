/** Acts on the notices of a row. What changes its place can be undone. */

import common from "locale:common";
import t from "locale:today";
import { problemIn } from "../../api/problem";
import type { Notice } from "../../live/documents";
import type { WorkspaceHere } from "../../live/workspace";
import { problemWords } from "../../parts/data/edit-outcome";
import {
  finishNotice,
  readNotice,
  reopenNotice,
  type Snooze,
  snoozeNotice,
  unreadNotice,
  wakeNotice,
} from "../../parts/notices/requests";
import { toast } from "../../parts/ui/toast";

/** What a row is called in toasts, and its notices. */
export interface Subject {
  title: string;
  notices: readonly Notice[];
}

type Send = (here: WorkspaceHere, id: string) => Promise<unknown>;

export class NoticeActs {
  constructor(
    private readonly here: WorkspaceHere,
    /** Called after each act: shows the rows as they are now. */
    private readonly settled: () => Promise<void>,
  ) {}

  readonly read = ({ notices }: Subject): void => {
    this.#run(notices.filter(({ read_at }) => read_at === null), readNotice);
  };

  readonly unread = ({ notices }: Subject): void => {
    this.#run(notices, unreadNotice);
  };

  readonly wake = ({ notices }: Subject): void => {
    this.#run(notices, wakeNotice);
  };

  readonly done = ({ title, notices }: Subject): void => {
    const undo = (here: WorkspaceHere, id: string) =>
      // What was unread becomes so again, and with that it is open.
      wasRead(notices, id) ? reopenNotice(here, id) : unreadNotice(here, id);
    this.#run(notices, finishNotice, () => this.#offer(t.markedDone({ title }), notices, undo));
  };

  /** Snooze the row; `when` says until when. Throws a Refusal. */
  readonly snooze = async (subject: Subject, snooze: Snooze, when: string): Promise<void> => {
    const { title, notices } = subject;
    const undo = async (here: WorkspaceHere, id: string) => {
      await wakeNotice(here, id);
      if (wasRead(notices, id)) await readNotice(here, id);
    };
    await this.#each(notices, (here, id) => snoozeNotice(here, id, snooze));
    this.#offer(t.snoozedUntil({ title, when }), notices, undo);
  };

  /** Run an act of a menu or a key. A toast says if it fails. */
  readonly try = (act: () => Promise<void>): void => {
    act().catch((fault: unknown) => toast(problemWords(problemIn(fault)), { kind: "bad" }));
  };

  #offer(text: string, notices: readonly Notice[], undo: Send): void {
    const run = () => this.#run(notices, undo);
    toast(text, { action: { name: common.undo, run, undoes: true } });
  }

  #run(notices: readonly Notice[], send: Send, after?: () => void): void {
    this.try(async () => {
      await this.#each(notices, send);
      after?.();
    });
  }

  async #each(notices: readonly Notice[], send: Send): Promise<void> {
    await Promise.all(notices.map(({ id }) => send(this.here, id)));
    await this.settled();
  }
}

const wasRead = (notices: readonly Notice[], id: string): boolean =>
  notices.find((notice) => notice.id === id)?.read_at !== null;
