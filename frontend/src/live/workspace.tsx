/** The workspace that is open, for every page and part of it. */

import { createContext } from "preact";
import { useContext, useEffect, useMemo } from "preact/hooks";
import { TeamHours, type Times } from "./availability";
import type { Board, Member } from "./documents";
import { Live } from "./live";
import { Outbox, postToServer } from "./outbox";

export class WorkspaceHere {
  readonly live: Live;
  readonly outbox: Outbox;
  readonly hours: TeamHours;

  constructor(
    readonly slug: string,
    /** The account's id: what this browser keeps is kept for it. */
    readonly account: string,
  ) {
    this.live = new Live(slug, account);
    this.outbox = new Outbox(this.storageKey("outbox"), postToServer);
    this.hours = new TeamHours(this.live);
  }

  /** The address of a page: `at("/board")` → `/w/acme/board`. */
  pageUrl(rest: string): string {
    return `/w/${this.slug}${rest}`;
  }

  /** `params` of a call of the API, with what else its path holds. */
  pathParams<T extends object>(more?: T): { path: { workspace: string } & T } {
    return { path: { workspace: this.slug, ...(more as T) } };
  }

  /** A name in localStorage that no other account and workspace has. */
  storageKey(name: string): string {
    return `dayline:${this.account}:${this.slug}:${name}`;
  }
}

const Context = createContext<WorkspaceHere | null>(null);

export const WorkspaceProvider = Context.Provider;

/** The workspace of the page. */
export function useWorkspace(): WorkspaceHere {
  const here = useContext(Context);
  if (!here) throw new Error("only pages of a workspace have one");
  return here;
}

/** Open a workspace and follow it for as long as the frame is shown. */
export function useOpenWorkspace(slug: string, account: string): WorkspaceHere {
  const here = useMemo(() => new WorkspaceHere(slug, account), [slug, account]);
  useEffect(() => {
    const { live, outbox } = here;
    const flush = () => void outbox.flush();
    const unfollow = outbox.follow();
    live.open();
    addEventListener("online", flush);
    const end = live.status.subscribe((standing) => {
      if (standing === "live") flush();
    });
    return () => {
      end();
      unfollow();
      removeEventListener("online", flush);
      live.close();
    };
  }, [here]);
  return here;
}

/** The whole board. What uses it is redrawn by every event: rows take `useOne` instead. */
export function useBoard(): Board {
  const board = useWorkspace().live.board.value;
  if (!board) throw new Error("pages of a workspace are shown once there is a board");
  return board;
}

/** My own card. */
export function useMe(): Member {
  const { live } = useWorkspace();
  const id = live.board.peek()?.me.member_id ?? "";
  const me = live.one("members", id).value;
  if (!me) throw new Error("the board has my card");
  return me;
}

/** Everybody's present hours, by member's id; empty until the server has said. */
export function useTeamHours(): ReadonlyMap<string, Times> {
  const { hours } = useWorkspace();
  useEffect(() => hours.watch(), [hours]);
  return hours.times.value;
}
