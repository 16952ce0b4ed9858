import { expect, test } from "vitest";
import { diffLinesSideBySide } from "../../parts/data/line-diff";
import type { Card, Clauses, Step } from "./data";
import { allowanceWords, KINDS, versionStatus, termChanges, utcWords } from "./terms";

const clauses = (over: Partial<Clauses> = {}): Clauses => {
  const all = Object.fromEntries(KINDS.map((kind) => [kind, { allowance_s: 14_400, escalation: [] }]));
  return { ...(all as unknown as Clauses), ...over };
};

const LEAD_AND_OWNER: Step[] = [
  { to: "lead", allowance_s: 3600 },
  { to: "owner", allowance_s: 7200 },
];

const card = (version: number, in_force_from: string): Card => ({
  id: `v${version}`,
  version,
  title: "Agreement",
  clauses: clauses(),
  warn_share: 75,
  first_check_minutes: 60,
  published_at: in_force_from,
  published_by: null,
  in_force_from,
});

test("allowances are hours and minutes, never days", () => {
  expect(allowanceWords(5400)).toBe("1 h 30 min");
  expect(allowanceWords(1800)).toBe("30 min");
  expect(allowanceWords(48 * 3600)).toBe("48 h");
});

test("an instant without a local time is given in UTC, with the year if it isn't this one", () => {
  const now = Date.parse("2026-11-30T12:00:00Z");
  expect(utcWords("2026-05-18T07:00:00Z", now)).toBe("Mon 18 May, 07:00 UTC");
  expect(utcWords("2025-12-31T23:30:00Z", now)).toBe("Wed 31 Dec 2025, 23:30 UTC");
});

test("the latest version whose time has come is in force", () => {
  const all = [
    card(1, "2026-05-01T00:00:00Z"),
    card(2, "2026-05-10T00:00:00Z"),
    card(3, "2026-06-01T00:00:00Z"),
  ];
  const now = Date.parse("2026-05-18T00:00:00Z");
  expect(all.map((each) => versionStatus(each, all, now))).toEqual([
    "superseded",
    "inForce",
    "scheduled",
  ]);
});

test("only figures that differ are changes", () => {
  const before = { clauses: clauses(), warn_share: 75, first_check_minutes: 60 };
  const after = { ...before, clauses: clauses({ urgent: { allowance_s: 1800, escalation: LEAD_AND_OWNER } }), warn_share: 50 };
  expect(termChanges(before, after)).toEqual([
    { name: "Urgent", before: "4 h", after: "30 min" },
    {
      name: "Urgent, if no one answers",
      before: "No one else is asked",
      after: "Project lead after 1 h, then Workspace owner after 2 h",
    },
    { name: "Warning after", before: "75%", after: "50%" },
  ]);
});

test("changed lines stand beside each other, new ones beside nothing", () => {
  expect(diffLinesSideBySide("a\nb\nc", "a\nB\nc\nd")).toEqual([
    { before: "a", after: "a", same: true },
    { before: "b", after: "B", same: false },
    { before: "c", after: "c", same: true },
    { before: null, after: "d", same: false },
  ]);
});

test("a line that is gone stands alone", () => {
  expect(diffLinesSideBySide("a\nb", "a")).toEqual([
    { before: "a", after: "a", same: true },
    { before: "b", after: null, same: false },
  ]);
});
