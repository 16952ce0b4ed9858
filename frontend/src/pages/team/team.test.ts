import { expect, test } from "vitest";
import { dateBeside, dayInWords, hoursOf, nowWithin } from "./hours";
import { outsideForWords, stretchWords } from "./overlap-words";
import type { MemberDay, Stretch, TeamDay } from "./data";

const moment = (at: string, local: string) => ({ at, local, reference: local });
const stretch = (from: string, until: string, shift = 0): Stretch => ({
  start: moment(`2026-05-20T${from}:00Z`, `2026-05-20T${from}:00+0${shift}:00`),
  end: moment(`2026-05-20T${until}:00Z`, `2026-05-20T${until}:00+0${shift}:00`),
});

const ned = (over: Partial<MemberDay> = {}): MemberDay => ({
  member_id: "ned",
  zone: "America/New_York",
  working: [],
  focus: [],
  off: [],
  ...over,
});

const day: TeamDay = {
  on: "2026-05-20",
  reference_zone: "UTC",
  starts_at: "2026-05-20T00:00:00Z",
  ends_at: "2026-05-20T03:00:00Z",
  hours: ["00", "01", "02"].map((hour) => ({
    at: `2026-05-20T${hour}:00:00Z`,
    reference: `2026-05-20T${hour}:00:00Z`,
    local: { ned: `2026-05-20T${hour}:30:00+00:30` },
  })),
  members: [],
};

test("each hour is the member's own, named by what fills most of it", () => {
  const hours = hoursOf(day, ned({ working: [stretch("00:30", "02:10")], focus: [stretch("01:00", "02:00")] }));
  expect(hours.map(({ standing }) => standing)).toEqual(["working", "focus", "free"]);
  expect(hours[0]).toEqual({ words: "00:30", standing: "working", midnight: true });
});

test("words for a day are in the member's local time", () => {
  expect(dayInWords(ned())).toBe("day off");
  expect(dayInWords(ned({ off: [stretch("00:00", "03:00")] }))).toBe("time off");
  expect(dayInWords(ned({ working: [stretch("00:30", "02:10")], focus: [stretch("01:00", "02:00")] }))).toBe(
    "works 00:30–02:10 · focus time 01:00–02:00",
  );
});

test("now stands in the date, or nowhere", () => {
  expect(nowWithin(day, Date.parse("2026-05-20T01:30:00Z"))).toBe(50);
  expect(nowWithin(day, Date.parse("2026-05-20T03:00:00Z"))).toBeNull();
});

test("dates beside each other cross months", () => {
  expect(dateBeside("2026-05-31", 1)).toBe("2026-06-01");
});

test("an overlap names each place once", () => {
  const people = [
    { id: "kay", name: "Kay", zone: "Europe/Kyiv" },
    { id: "ned", name: "Ned", zone: "America/New_York" },
  ];
  const at = (reference: string, local: string) => ({
    at: "2026-05-20T13:00:00Z",
    reference: `2026-05-20T${reference}:00+03:00`,
    local: { kay: `2026-05-20T${reference}:00+03:00`, ned: `2026-05-20T${local}:00-04:00` },
  });
  const found = { start: at("16:00", "09:00"), end: at("18:00", "11:00") };
  expect(stretchWords(found, "Europe/Kyiv", people)).toBe(
    "16:00–18:00 in Kyiv, 09:00–11:00 in New York",
  );
  expect(outsideForWords({ ned: 60 }, people)).toBe("Ned (60 min)");
});
