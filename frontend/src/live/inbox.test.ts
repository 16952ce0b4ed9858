import { describe, expect, it } from "vitest";
import type { Notice } from "./documents";
import { event, notice, snapshot } from "./fixtures";
import { inboxCount, isSnoozed, wokeBetween } from "./inbox";
import { applyAll, boardOf } from "./reduce";

const NOON = Date.parse("2026-05-18T12:00:00Z");
const READ = { read_at: "2026-05-18T08:00:00Z" };
const LATER = { snoozed_until: "2026-05-18T13:00:00Z" };

const of = (...notices: Notice[]) => boardOf(snapshot({ notices })).notices;

describe("the count of the inbox", () => {
  it("counts once what is unread or needs me", () => {
    const told = { needs_you: false };
    const all = of(
      notice("both"),
      notice("needs", READ),
      notice("unread", told),
      notice("read", { ...told, ...READ }),
    );
    expect(inboxCount(all, NOON)).toBe(3);
  });

  it("leaves out what is snoozed, until the snooze ends", () => {
    const all = of(notice("one", LATER), notice("two"));
    expect(inboxCount(all, NOON)).toBe(1);
    const end = Date.parse(LATER.snoozed_until);
    expect(isSnoozed(notice("one", LATER), end)).toBe(false);
    expect(inboxCount(all, end)).toBe(2);
    expect(wokeBetween(all, NOON, end)).toBe(true);
    expect(wokeBetween(all, NOON, end - 1)).toBe(false);
    expect(wokeBetween(all, end, end + 60_000)).toBe(false);
  });

  it("follows what another tab does, by the feed", () => {
    const board = boardOf(snapshot({ notices: [notice("one"), notice("two")] }));
    const read = { ...READ, needs_you: false };
    const after = applyAll(board, [
      event(11, { notice: notice("one", { ...READ, done_at: "2026-05-18T08:00:00Z" }) }),
      event(12, { notice: notice("two", read) }),
      event(13, { notice: notice("three", LATER) }),
      event(14, { notice: notice("four") }),
    ]);
    expect(inboxCount(after.notices, NOON)).toBe(1);
    const undone = applyAll(after, [event(15, { notice: notice("one", READ) })]);
    expect(inboxCount(undone.notices, NOON)).toBe(2);
  });
});
