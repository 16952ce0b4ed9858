/** Builds the board from a snapshot and later events. It mirrors reduce.py of the server. */

import type { Board, Decision, FeedEvent, Member, Notice, Reference, Snapshot, Timer, View } from "./documents";

/** The collection of a document, by its field's name in an event's data. */
const COLLECTIONS = {
  member: "members",
  project: "projects",
  topic: "topics",
  task: "tasks",
  agreement: "agreements",
  calendar: "calendars",
  timer: "timers",
  view: "views",
  reference: "references",
  decision: "decisions",
  notice: "notices",
} as const;

/** Documents with a `deleted_at`. */
const DELETED = ["view", "reference"] as const;

type Name = keyof typeof COLLECTIONS;
type Documents = Map<string, { id: string }>;

export function boardOf(snapshot: Snapshot): Board {
  return {
    ...snapshot,
    members: byId(snapshot.members),
    projects: byId(snapshot.projects),
    topics: byId(snapshot.topics),
    tasks: byId(snapshot.tasks),
    agreements: byId(snapshot.agreements),
    calendars: byId(snapshot.calendars),
    timers: byId(snapshot.timers),
    views: byId(snapshot.views),
    references: byId(snapshot.references),
    decisions: byId(snapshot.decisions),
    notices: byId(snapshot.notices),
  };
}

function byId<T extends { id: string }>(documents: readonly T[]): ReadonlyMap<string, T> {
  return new Map(documents.map((document) => [document.id, document]));
}

/**
 * Apply events in order and return the new board. Lists that no event touches stay the same
 * objects; the others are copied once.
 */
export function applyAll(board: Board, events: readonly FeedEvent[]): Board {
  const changed: { -readonly [K in keyof Board]: Board[K] } = { ...board };
  const copies = new Map<Name, Documents>();
  const list = (name: Name): Documents => {
    const copy = copies.get(name) ?? new Map<string, { id: string }>(board[COLLECTIONS[name]]);
    copies.set(name, copy);
    Object.assign(changed, { [COLLECTIONS[name]]: copy });
    return copy;
  };
  for (const { seq, data } of events) {
    changed.seq = seq;
    if ("workspace" in data) changed.workspace = data["workspace"] as Board["workspace"];
    if ("notice_settings" in data) {
      changed.notice_settings = data["notice_settings"] as Board["notice_settings"];
    }
    for (const name of Object.keys(COLLECTIONS) as Name[]) {
      if (name in data) put(list(name), data[name] as { id: string });
    }
    if ("timer" in data) {
      // A board holds the timers that have not ended.
      const timer = data["timer"] as Timer;
      if (timer.ended_at !== null) list("timer").delete(timer.id);
    }
    for (const name of DELETED) {
      const gone = data[name] as View | Reference | undefined;
      if (gone && gone.deleted_at !== null) list(name).delete(gone.id);
    }
    if ("decision" in data) {
      // A board holds the decisions that are drafts or open.
      const { id, status } = data["decision"] as Decision;
      if (status === "decided" || status === "withdrawn") list("decision").delete(id);
    }
    if ("notice" in data) {
      // A board holds the notices that are neither done nor settled.
      const { id, done_at, settled_at } = data["notice"] as Notice;
      if (done_at !== null || settled_at !== null) list("notice").delete(id);
    }
    if ("member" in data) updateMemberCards(changed, list("member"), data["member"] as Member);
  }
  return changed;
}

function put(documents: Documents, document: { id: string }): void {
  documents.set(document.id, document);
}

/** Keep my role up to date, and keep other guests' cards from guests. */
function updateMemberCards(changed: { me: Board["me"] }, members: Documents, member: Member): void {
  const { me } = changed;
  if (member.id === me.member_id) changed.me = { ...me, role: member.role };
  else if (me.role === "guest" && member.role === "guest") members.delete(member.id);
}
