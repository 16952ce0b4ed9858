import { describe, expect, it } from "vitest";
import type { Notice } from "../../live/documents";
import { notice } from "../../live/fixtures";
import type { NoticeOut } from "../../parts/notices/requests";
import type { Inbox, Today } from "./data";
import { answeredWords, noticeWords } from "./notice-words";
import { isCaughtUp, rowsOf, type Sections, sectionsOf } from "./sections";

const NOON = Date.parse("2026-05-18T12:00:00Z");
const LOOKED = "2026-05-18T09:00:00Z";
const READ = { read_at: "2026-05-18T10:00:00Z" };

const line = (id: string) => ({
  timer: { id },
  topic: { id: `topic of ${id}`, title: id },
  task: null,
  decision: null,
  project: null,
});

const today = (over: Partial<Today> = {}): Today =>
  ({
    needs_you: [],
    signatures: [],
    decisions_to_read: [],
    reviews_due: [],
    references_due: [],
    references_wanted: [],
    waiting_for: [],
    since_you_left: { looked_at: LOOKED, seq: 9, lines: [], lines_total: 0 },
    ...over,
  }) as unknown as Today;

const told = (id: string, over: Partial<NoticeOut> = {}): NoticeOut =>
  ({ ...notice(id, { needs_you: false }), title: id, path: "", topic: null, ...over }) as NoticeOut;

const arranged = (
  of: Today,
  notices: readonly Notice[] = [],
  inbox: Partial<Inbox> = {},
): Sections =>
  sectionsOf(of, {
    inbox: { told: [], snoozed: [], ...inbox },
    notices,
    tasks: [],
    me: "me",
    now: NOON,
  });

const ids = (sections: Sections) => rowsOf(sections).map(({ id }) => id);

describe("the sections of Today", () => {
  it("put off what is snoozed until then, but not what asks anew", () => {
    const asks = today({ needs_you: [line("one"), line("two")] } as unknown as Partial<Today>);
    const later = { snoozed_until: "2026-05-18T13:00:00Z" };
    const snoozed = notice("n1", { timer_id: "one", ...later });
    expect(ids(arranged(asks, [snoozed, notice("n2", { timer_id: "two" })]))).toEqual(["two"]);
    expect(ids(arranged(asks))).toEqual(["one", "two"]);
    const warned = notice("n3", { timer_id: "one", kind: "warned" });
    expect(ids(arranged(asks, [snoozed, warned]))).toEqual(["one", "two"]);
  });

  it("show since the last visit what is unread or newer, and leave out what needs me", () => {
    const inbox = {
      told: [
        told("unread", { at: "2026-05-17T09:00:00Z" }),
        told("read before", { at: "2026-05-17T09:00:00Z", ...READ }),
        told("read now", { at: "2026-05-18T09:30:00Z", ...READ }),
        told("owed", { kind: "breached", needs_you: true }),
        told("answer", { kind: "answered", at: "2026-05-17T09:00:00Z", ...READ }),
      ],
    };
    expect(ids(arranged(today(), [], inbox))).toEqual(["answer", "unread", "read now"]);
  });

  it("tell of a conversation once", () => {
    const news = (id: string) => ({ topic: { id, title: id }, task: null, decision: null, project: null });
    const lines = [news("topic of one"), news("another")];
    const since = { looked_at: LOOKED, seq: 9, lines, lines_total: 2 };
    const both = today({ needs_you: [line("one")], since_you_left: since } as unknown as Partial<Today>);
    expect(ids(arranged(both))).toEqual(["one", "news /topics/another"]);
  });

  it("are all caught up once nothing asks me and what I was told is read", () => {
    expect(isCaughtUp(arranged(today()))).toBe(true);
    expect(isCaughtUp(arranged(today(), [], { told: [told("one", READ)] }))).toBe(true);
    expect(isCaughtUp(arranged(today(), [], { told: [told("one")] }))).toBe(false);
    const answer = told("answer", { kind: "answered", ...READ });
    expect(isCaughtUp(arranged(today(), [], { told: [answer] }))).toBe(false);
    const asks = today({ needs_you: [line("one")] } as unknown as Partial<Today>);
    expect(isCaughtUp(arranged(asks))).toBe(false);
  });
});

describe("what a notice tells", () => {
  it("says how much working time an answer took", () => {
    expect(answeredWords(7800)).toBe("Answered in 2 h 10 min of working time");
    expect(answeredWords(59)).toBe("Answered within a minute");
  });

  it("names who did it", () => {
    const actor = { id: "k", handle: "kenji", name: "Kenji" };
    const due = {
      at: "2026-05-19T06:00:00Z",
      yours: "2026-05-19T09:00:00+03:00",
      theirs: "2026-05-19T15:00:00+09:00",
    };
    const words = (over: Partial<NoticeOut>) =>
      noticeWords(told("one", { actor, due: null, ...over }), NOON);
    expect(words({ kind: "promised", due })).toBe("Kenji promised an answer by tomorrow 09:00");
    expect(words({ kind: "promised" })).toBe("Kenji promised an answer");
    expect(words({ kind: "breached" })).toBe("The answer you asked for is overdue");
    expect(words({ kind: "assigned" })).toBe("Kenji assigned this to you");
    expect(words({ kind: "mentioned", actor: null })).toBe("Someone mentioned you");
    expect(words({ kind: "decision_decided" })).toBe("Kenji decided");
    expect(words({ kind: "project_update" })).toBe("Kenji posted an update");
  });
});
