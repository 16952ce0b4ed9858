import type { components } from "../api/schema";

type Schemas = components["schemas"];

export type Snapshot = Schemas["SnapshotOut"];
export type FeedEvent = Schemas["EventOut"];
export type Workspace = Schemas["WorkspaceOut"];
export type Member = Schemas["MemberOut"];
export type Project = Schemas["ProjectOut"];
export type Topic = Schemas["TopicOut"];
export type Task = Schemas["TaskCard"];
export type Agreement = Schemas["AgreementCard"];
export type Timer = Schemas["TimerOut"];
export type Calendar = Schemas["CalendarOut"];
export type View = Schemas["ViewOut"];
export type Reference = Schemas["ReferenceCard"];
export type Decision = Schemas["DecisionCard"];
export type Notice = Schemas["NoticeCard"];
export type NoticeSettings = Schemas["NoticeSettingsCard"];

/** Whether a member with this role administers the workspace. */
export const isAdmin = (role: Member["role"] | undefined): boolean =>
  role === "owner" || role === "admin";

/** The workspace as I see it right after event `seq`, with its lists by id. */
export interface Board {
  readonly epoch: string;
  readonly seq: number;
  readonly me: Snapshot["me"];
  readonly workspace: Workspace;
  readonly notice_settings: NoticeSettings;
  readonly members: ReadonlyMap<string, Member>;
  readonly projects: ReadonlyMap<string, Project>;
  readonly topics: ReadonlyMap<string, Topic>;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly agreements: ReadonlyMap<string, Agreement>;
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly timers: ReadonlyMap<string, Timer>;
  readonly views: ReadonlyMap<string, View>;
  readonly references: ReadonlyMap<string, Reference>;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly notices: ReadonlyMap<string, Notice>;
}

/** The lists of a board, by the names of their fields. */
export interface Documents {
  members: Member;
  projects: Project;
  topics: Topic;
  tasks: Task;
  agreements: Agreement;
  calendars: Calendar;
  timers: Timer;
  views: View;
  references: Reference;
  decisions: Decision;
  notices: Notice;
}

export type Collection = keyof Documents;

/** The collections whose documents have a revision and can be changed. */
export type Editable = Exclude<Collection, "agreements" | "notices">;

export type Frame =
  | { type: "hello"; epoch: string; seq: number; heartbeat_s: number }
  | { type: "reset"; reason: string; epoch: string; seq: number }
  | { type: "heartbeat"; seq: number }
  | { type: "events"; prev: number; seq: number; events: FeedEvent[] };
