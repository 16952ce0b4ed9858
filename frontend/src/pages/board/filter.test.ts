// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import type { Task } from "../../live/documents";
import { Arrangement } from "./arrangement";
import { fits, type Known, queryOf, shownBy } from "./filter";
import vectors from "./filter-vectors.json";

/** What the API's list of tasks answered to each address; tests/tasks/test_board_filter.py writes it. */
const tasks = vectors.tasks as unknown as Task[];
const projects = vectors.projects as Record<string, string>;
const addresses = vectors.addresses as [string, string[] | null][];
const keys = new Map(tasks.map(({ id, key }) => [id, key]));
const known: Known = {
  me: vectors.me,
  projectKey: (id) => projects[id],
  taskKey: (id) => keys.get(id),
};

const shownAt = (address: string) => shownBy(new URLSearchParams(address));
const fitting = (address: string) =>
  tasks.filter((task) => fits(task, shownAt(address), known)).map(({ key }) => key);

describe("the board and the API's list of tasks", () => {
  it("mean the same tasks by the same address", () => {
    const differing = addresses
      .map(([address, listed]) => ({ address, listed: [...(listed ?? [])].sort(), shown: fitting(address).sort() }))
      .filter(({ listed, shown }) => String(listed) !== String(shown));
    expect(addresses.length).toBeGreaterThan(300);
    expect(differing).toEqual([]);
  });

  it("refuse the same addresses, and the board names what it does not know", () => {
    const refused = addresses.filter(([address]) => shownAt(address).refused.length > 0);
    expect(refused.map(([address]) => address)).toEqual(
      addresses.filter(([, listed]) => listed === null).map(([address]) => address),
    );
    expect(shownAt("state=foo&open=true").refused).toEqual(["state=foo"]);
  });

  it("write the same address anew in one spelling", () => {
    for (const [address, listed] of addresses) {
      if (listed) expect(fitting(String(queryOf(shownAt(address))))).toEqual(fitting(address));
    }
  });

  it.each(Object.entries(vectors.orders))("order by %s alike", (sort, groups) => {
    const all = new Map(tasks.map((task) => [task.id, task]));
    const { columns } = new Arrangement(shownAt(`sort=${sort}`), known, all);
    const place = new Map(groups.flatMap((group, index) => group.map((key) => [key, index])));
    for (const ids of columns.values()) {
      const places = ids.map((id) => place.get(keys.get(id)!)!);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
  });
});
