import { expect, it } from "vitest";
import { Refusal } from "../api/problem";
import { saveOverOthers } from "./save";

interface Note {
  id: string;
  rev: number;
  text: string;
  title: string;
}

const base: Note = { id: "n", rev: 1, text: "mine before", title: "A" };
const stale = new Refusal({ type: "", title: "Changed", status: 412 });

/** A server that holds `theirs` and takes a text for its present revision only. */
const server = (theirs: Note) => ({
  read: () => Promise.resolve(theirs),
  send: (rev: number) =>
    rev === theirs.rev
      ? Promise.resolve({ ...theirs, rev: rev + 1, text: "mine now" })
      : Promise.reject(stale),
});

it("saves over what others changed elsewhere", async () => {
  const theirs = { ...base, rev: 3, title: "B" };
  expect(await saveOverOthers({ base, fields: ["text"], ...server(theirs) })).toEqual({
    kind: "settled",
    document: { ...theirs, rev: 4, text: "mine now" },
  });
});

it("shows what others wrote in the same place instead of overwriting it", async () => {
  const theirs = { ...base, rev: 2, text: "theirs" };
  expect(await saveOverOthers({ base, fields: ["text"], ...server(theirs) })).toEqual({
    kind: "conflict",
    theirs,
  });
});

it("throws what is no conflict", async () => {
  const gone = new Refusal({ type: "", title: "Gone", status: 404 });
  const send = () => Promise.reject(gone);
  await expect(saveOverOthers({ base, fields: ["text"], ...server(base), send })).rejects.toBe(gone);
});
