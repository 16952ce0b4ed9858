/** Gives pages and parts the open workspace. */

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
    /** The account's id. Data stored in this browser belongs to it. */
    readonly account: string,
  ) {
    this.live = new Live(slug, account);
    this.outbox = new Outbox(this.storageKey("outbox"), postToServer);
    this.hours = new TeamHours(this.live);
  }

  /** The address of a page: `pageUrl("/board")` → `/w/acme/board`. */
  pageUrl(rest: string): string {
    return `/w/${this.slug}${rest}`;
  }

  /** The path parameters of an API call: the workspace, and `more`. */
  pathParams<T extends object>(more?: T): { path: { workspace: string } & T } {
    return { path: { workspace: this.slug, ...(more as T) } };
  }

  /** A localStorage key for this account and workspace only. */
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

/** Open a workspace and keep it current while the component is mounted. */
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

/** The whole board. Every event redraws the component, so rows use `live.one` instead. */
export function useBoard(): Board {
  const board = useWorkspace().live.board.value;
  if (!board) throw new Error("pages of a workspace are shown once there is a board");
  return board;
}

/** My own member document. */
export function useMe(): Member {
  const { live } = useWorkspace();
  const id = live.board.peek()?.me.member_id ?? "";
  const me = live.one("members", id).value;
  if (!me) throw new Error("the board has my card");
  return me;
}

/** Everyone's current hours by member id; empty until the server has answered. */
export function useTeamHours(): ReadonlyMap<string, Times> {
  const { hours } = useWorkspace();
  useEffect(() => hours.watch(), [hours]);
  return hours.times.value;
}
