/** Documents for tests, as a server would send them. */

import type { FeedEvent, Frame, Member, Notice, Project, Reference, Snapshot, Task } from "./documents";

export const member = (id: string, role: Member["role"] = "member"): Member => ({
  id,
  handle: id,
  name: id,
  role,
  joined_at: "2026-05-18T07:00:00Z",
  disabled_at: null,
  rev: 1,
});

export const project = (id: string, name = id): Project => ({
  id,
  key: id.toUpperCase(),
  name,
  purpose: "",
  purpose_html: "",
  lead_id: null,
  condition: null,
  starts_on: null,
  due_on: null,
  people: [],
  created_at: "2026-05-18T07:00:00Z",
  archived_at: null,
  rev: 1,
});

export const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  epoch: "e1",
  seq: 10,
  me: { member_id: "olena", role: "owner" },
  workspace: {
    id: "w",
    slug: "acme",
    name: "Acme",
    reference_zone: "Europe/Kyiv",
    language: "en",
    clarity: {
      task_brief: "warn",
      task_comment: "warn",
      discussion: "warn",
      direct_message: "off",
      urgent: "warn",
      decision: "require",
    },
    created_at: "2026-05-18T07:00:00Z",
    rev: 1,
  },
  members: [member("olena", "owner")],
  projects: [project("abc")],
  topics: [],
  tasks: [],
  agreements: [],
  calendars: [],
  timers: [],
  views: [],
  references: [],
  decisions: [],
  notices: [],
  notice_settings: {
    channels: {},
    muted_projects: [],
    muted_topics: [],
    away_since: null,
    away_until: null,
  },
  ...over,
});

export const event = (seq: number, data: Record<string, unknown>): FeedEvent => ({
  seq,
  id: `event-${seq}`,
  kind: "some.thing",
  at: "2026-05-18T07:00:00Z",
  actor_id: null,
  audience: { kind: "workspace", id: null },
  data,
});

export const events = (prev: number, ...list: FeedEvent[]): Frame => ({
  type: "events",
  prev,
  seq: list.at(-1)?.seq ?? prev,
  events: list,
});

export const reference = (id: string, over: Partial<Reference> = {}): Reference => ({
  id,
  title: id,
  former_titles: [],
  owner_id: "olena",
  review_on: null,
  stale: [],
  created_at: "2026-05-18T07:00:00Z",
  updated_at: "2026-05-18T07:00:00Z",
  updated_by: "olena",
  deleted_at: null,
  rev: 1,
  ...over,
});

export const task = (id: string, over: Partial<Task> = {}): Task => ({
  id,
  key: `ABC-${id}`,
  project_id: "abc",
  number: 1,
  title: id,
  state: "todo",
  priority: "normal",
  assignee_id: null,
  parent_id: null,
  due_on: null,
  labels: [],
  blocked_by: [],
  watchers: [],
  topic_id: `topic-${id}`,
  created_at: "2026-05-18T07:00:00Z",
  created_by: "olena",
  updated_at: "2026-05-18T07:00:00Z",
  state_changed_at: "2026-05-18T07:00:00Z",
  closed_at: null,
  rev: 1,
  ...over,
});

export const notice = (id: string, fields: Partial<Notice> = {}): Notice => ({
  id,
  kind: "asked",
  needs_you: true,
  seq: 7,
  at: "2026-05-18T07:00:00Z",
  actor_id: "olena",
  timer_id: null,
  message_id: null,
  topic_id: "topic",
  task_id: null,
  decision_id: null,
  reference_id: null,
  subject_id: null,
  project_id: null,
  agreement_version: null,
  read_at: null,
  done_at: null,
  snoozed_until: null,
  settled_at: null,
  ...fields,
});
