import { describe, expect, it } from "vitest";
import { pauseMs } from "./backoff";
import { FeedClient } from "./feed-client";
import type { Board, Decision, Frame, View } from "./documents";
import { event, events, member, notice, project, reference, snapshot } from "./fixtures";
import { applyAll, boardOf } from "./reduce";

const names = (board: Board | null) => [...(board?.projects.values() ?? [])].map((p) => p.name);

describe("reduce", () => {
  it("puts a document in the place of the one with its id, or adds it", () => {
    const board = boardOf(snapshot());
    const after = applyAll(board, [
      event(11, { project: project("abc", "Renamed") }),
      event(12, { project: project("new") }),
    ]);
    expect(names(after)).toEqual(["Renamed", "new"]);
    expect(after.seq).toBe(12);
    expect(names(board)).toEqual(["abc"]);
    expect(board.seq).toBe(10);
  });

  it("leaves lists that nothing touched the same, so that nothing is drawn again", () => {
    const board = boardOf(snapshot());
    const after = applyAll(board, [event(11, { project: project("new") })]);
    expect(after.members).toBe(board.members);
    expect(after.projects).not.toBe(board.projects);
  });

  it("takes the workspace, and passes over ids", () => {
    const board = boardOf(snapshot());
    const renamed = { ...board.workspace, name: "Acme Ltd" };
    expect(applyAll(board, [event(11, { workspace: renamed })]).workspace.name).toBe("Acme Ltd");
    expect(applyAll(board, [event(11, { task_id: "t" })])).toEqual({ ...board, seq: 11 });
  });

  it("follows my role", () => {
    const after = applyAll(boardOf(snapshot()), [event(11, { member: member("olena", "admin") })]);
    expect(after.me.role).toBe("admin");
  });

  it("lets views go that were deleted", () => {
    const view = (id: string, deleted_at: string | null = null): View => ({
      id,
      owner_id: "olena",
      name: id,
      filter: {
        project: [], state: [], assignee: [], priority: [], label: [], created_by: [],
        watcher: [], parent: [], due_before: null, due_after: null, updated_since: null, open: null,
      },
      sort: "-updated_at",
      group_by: "state",
      shared: true,
      created_at: "2026-05-18T07:00:00Z",
      deleted_at,
      rev: 1,
    });
    const board = boardOf(snapshot({ views: [view("mine"), view("ours")] }));
    const after = applyAll(board, [event(11, { view: view("ours", "2026-05-18T08:00:00Z") })]);
    expect([...after.views.keys()]).toEqual(["mine"]);
  });

  it("lets references go that were deleted", () => {
    const board = boardOf(snapshot({ references: [reference("vat"), reference("taxes")] }));
    const gone = reference("vat", { deleted_at: "2026-05-18T08:00:00Z" });
    const after = applyAll(board, [event(11, { reference: gone })]);
    expect([...after.references.keys()]).toEqual(["taxes"]);
  });

  it("lets decisions go that were decided or withdrawn", () => {
    const decision = (id: string, status: Decision["status"]): Decision => ({
      id,
      key: id,
      number: 1,
      project_id: "abc",
      topic_id: "topic",
      title: id,
      status,
      proposed_by: "olena",
      decider_id: "olena",
      stakeholders: [],
      input_due_at: null,
      opened_at: null,
      closed_at: null,
      decided_at: null,
      decided_on: null,
      withdrawn_at: null,
      is_public: false,
      review_on: null,
      review_due_at: null,
      superseded_by: null,
      source_status: null,
      updated_at: "2026-05-18T07:00:00Z",
      rev: 1,
    });
    const held = ["DEC-1", "DEC-2", "DEC-3"].map((key) => decision(key, "open"));
    const after = applyAll(boardOf(snapshot({ decisions: held })), [
      event(11, { decision: decision("DEC-1", "decided") }),
      event(12, { decision: decision("DEC-2", "withdrawn") }),
    ]);
    expect([...after.decisions.keys()]).toEqual(["DEC-3"]);
  });

  it("lets notices go that are done or settled", () => {
    const held = ["one", "two", "three"].map((id) => notice(id));
    const at = "2026-05-18T08:00:00Z";
    const after = applyAll(boardOf(snapshot({ notices: held })), [
      event(11, { notice: notice("one", { read_at: at, done_at: at }) }),
      event(12, { notice: notice("two", { settled_at: at }) }),
      event(13, { notice: notice("three", { read_at: at }) }),
    ]);
    expect([...after.notices.values()]).toEqual([notice("three", { read_at: at })]);
  });

  it("replaces my settings of notices", () => {
    const before = snapshot();
    const away = { ...before.notice_settings, away_since: "2026-05-18T08:00:00Z" };
    const after = applyAll(boardOf(before), [event(11, { notice_settings: away })]);
    expect(after.notice_settings).toEqual(away);
  });

  it("keeps guests from the cards of other guests", () => {
    const guest = boardOf(snapshot({ me: { member_id: "gil", role: "guest" } }));
    const after = applyAll(guest, [
      event(11, { member: member("gil", "guest") }),
      event(12, { member: member("sam", "guest") }),
      event(13, { member: member("olena", "guest") }),
    ]);
    expect([...after.members.keys()]).toEqual(["gil"]);
    const owner = applyAll(boardOf(snapshot()), [event(11, { member: member("sam", "guest") })]);
    expect(owner.members.has("sam")).toBe(true);
  });
});

describe("the feed's client", () => {
  const hello: Frame = { type: "hello", epoch: "e1", seq: 10, heartbeat_s: 5 };

  const started = (): FeedClient => {
    const client = new FeedClient();
    expect(client.resumeFrom()).toEqual({});
    expect(client.follow(hello)).toBe("refetch");
    expect(client.takeSnapshot(snapshot())).toBe("listen");
    return client;
  };

  it("starts with a snapshot and applies what was said meanwhile", () => {
    const client = new FeedClient();
    client.resumeFrom();
    client.follow(hello);
    client.follow(events(10, event(11, { project: project("new") })));
    expect(client.board).toBeNull();
    expect(client.takeSnapshot(snapshot())).toBe("listen");
    expect(names(client.board)).toEqual(["abc", "new"]);
  });

  it("passes over events that the snapshot has already", () => {
    const client = new FeedClient();
    client.resumeFrom();
    client.follow(hello);
    client.follow(events(10, event(11, { project: project("abc", "Old") })));
    client.takeSnapshot(snapshot({ seq: 11, projects: [project("abc", "Newer")] }));
    expect(names(client.board)).toEqual(["Newer"]);
    expect(client.board?.seq).toBe(11);
  });

  it("resumes from where it stands, by epoch and number", () => {
    const client = started();
    client.follow(events(10, event(11, {})));
    expect(client.resumeFrom()).toEqual({ epoch: "e1", since: "11" });
    expect(client.follow({ ...hello, seq: 11 })).toBe("listen");
  });

  it("sees a gap, in events and in a heartbeat", () => {
    expect(started().follow(events(11, event(12, {})))).toBe("resume");
    expect(started().follow({ type: "heartbeat", seq: 12 })).toBe("resume");
    expect(started().follow({ type: "heartbeat", seq: 10 })).toBe("listen");
  });

  it("is moved on by an empty frame: what it holds was withheld", () => {
    const client = started();
    expect(client.follow({ type: "events", prev: 10, seq: 14, events: [] })).toBe("listen");
    expect(client.follow(events(14, event(15, {})))).toBe("listen");
    expect(client.board?.seq).toBe(15);
  });

  it("reads afresh on reset, and drops what another epoch said", () => {
    const client = started();
    client.follow({ type: "reset", reason: "epoch", epoch: "e2", seq: 3 });
    expect(client.follow(events(3, event(4, { project: project("new") })))).toBe("listen");
    expect(client.takeSnapshot(snapshot({ epoch: "e2", seq: 3 }))).toBe("listen");
    expect(names(client.board)).toEqual(["abc", "new"]);
    expect(client.resumeFrom()).toEqual({ epoch: "e2", since: "4" });
  });

  it("opens a new socket where snapshot and socket are of two epochs", () => {
    const client = started();
    client.follow({ type: "reset", reason: "access", epoch: "e2", seq: 10 });
    expect(client.takeSnapshot(snapshot({ epoch: "e3" }))).toBe("resume");
  });

  it("ignores frames of kinds that it does not know", () => {
    expect(started().follow({ type: "news" } as unknown as Frame)).toBe("listen");
  });
});

it("waits longer after each failure, with full jitter, 15 s at most", () => {
  const longest = [0, 1, 2, 5, 50].map((failures) => pauseMs(failures, () => 1));
  expect(longest).toEqual([500, 1000, 2000, 15_000, 15_000]);
  expect(pauseMs(3, () => 0)).toBe(0);
});
