import { describe, expect, it } from "vitest";
import { Refusal, type Problem } from "../api/problem";
import type { Board, Task } from "./documents";
import { type Change, Edits } from "./edits";
import { snapshot, task } from "./fixtures";
import { boardOf } from "./reduce";
import { Rows } from "./rows";

const refusal = (status: number, title = "No") =>
  new Refusal({ type: "about:blank", title, status } satisfies Problem);

/** A board with one task, and a server that answers as it is told. */
class Desk {
  board: Board = boardOf(snapshot({ tasks: [task("t")] }));
  backs = 0;
  revs: number[] = [];
  readonly edits = new Edits({
    serverBoard: () => this.board,
    onChange: () => undefined,
    whenReachable: async () => {
      this.backs += 1;
    },
  });

  feed(over: Partial<Task>): void {
    const tasks = new Map([["t", { ...this.board.tasks.get("t")!, ...over }]]);
    this.board = { ...this.board, tasks };
  }

  shown(): Task {
    return this.edits.applyTo(this.board).tasks.get("t")!;
  }

  change(
    shown: Partial<Task>,
    answers: (Task | Error)[],
    theirs: Partial<Task> = {},
    seen: Partial<Task> = {},
  ) {
    const give = async (rev: number) => {
      this.revs.push(rev);
      const next = answers.shift();
      if (next instanceof Error) throw next;
      return next!;
    };
    const change: Change<Task> = {
      collection: "tasks",
      id: "t",
      shown,
      seen,
      send: give,
      read: async () => task("t", theirs),
    };
    return this.edits.change(change);
  }
}

describe("an edit", () => {
  it("is shown at once, and still when the answer comes before its event", async () => {
    const desk = new Desk();
    const done = desk.change({ state: "done" }, [task("t", { state: "done", rev: 2 })]);
    expect(desk.shown().state).toBe("done");
    expect(await done).toMatchObject({ kind: "settled", document: { rev: 2 } });
    expect(desk.shown()).toMatchObject({ state: "done", rev: 2 });
  });

  it("is over once the feed has its revision: what comes later is shown", async () => {
    const desk = new Desk();
    await desk.change({ state: "done" }, [task("t", { state: "done", rev: 2 })]);
    desk.feed({ state: "done", rev: 2 });
    expect(desk.shown().rev).toBe(2);
    desk.feed({ state: "todo", rev: 3 });
    expect(desk.shown().state).toBe("todo");
  });

  it("goes back when it is refused, and says why", async () => {
    const desk = new Desk();
    const outcome = await desk.change({ title: "" }, [refusal(422, "Not that")]);
    expect(outcome).toMatchObject({ kind: "refused", problem: { title: "Not that" } });
    expect(desk.shown().title).toBe("t");
  });

  it("is sent again where somebody changed another field", async () => {
    const desk = new Desk();
    const answer = task("t", { state: "done", title: "Theirs", rev: 3 });
    const outcome = await desk.change({ state: "done" }, [refusal(412), answer], {
      title: "Theirs",
      rev: 2,
    });
    expect(outcome.kind).toBe("settled");
    expect(desk.revs).toEqual([1, 2]);
  });

  it("meets a conflict where the feed has replaced what was seen before it was sent", async () => {
    const desk = new Desk();
    desk.feed({ title: "Theirs", rev: 2 });
    const outcome = await desk.change({ title: "Mine" }, [], {}, { title: "t" });
    expect(outcome).toMatchObject({ kind: "conflict", theirs: { title: "Theirs" } });
    expect(desk.revs).toEqual([]);
  });

  it("meets a conflict where somebody changed the same field", async () => {
    const desk = new Desk();
    const outcome = await desk.change({ state: "done" }, [refusal(412)], {
      state: "waiting",
      rev: 2,
    });
    expect(outcome).toMatchObject({ kind: "conflict", theirs: { state: "waiting" } });
    expect(desk.shown().state).toBe("todo");
  });

  it("has arrived where the answer was lost and the server has it", async () => {
    const desk = new Desk();
    const outcome = await desk.change({ state: "done" }, [refusal(0), refusal(412)], {
      state: "done",
      rev: 2,
    });
    expect(outcome).toMatchObject({ kind: "settled", document: { rev: 2 } });
    expect(desk.backs).toBe(1);
  });

  it("waits for the server, and stays on the screen meanwhile", async () => {
    const desk = new Desk();
    const answer = task("t", { state: "done", rev: 2 });
    const done = desk.change({ state: "done" }, [refusal(503), refusal(0), answer]);
    expect(desk.shown().state).toBe("done");
    expect((await done).kind).toBe("settled");
    expect(desk.backs).toBe(2);
  });

  it("is sent after the one before it, as a change of what that gave", async () => {
    const desk = new Desk();
    const first = desk.change({ state: "done" }, [task("t", { state: "done", rev: 2 })]);
    const second = desk.change({ priority: "high" }, [
      task("t", { state: "done", priority: "high", rev: 3 }),
    ]);
    expect(desk.shown()).toMatchObject({ state: "done", priority: "high" });
    await Promise.all([first, second]);
    expect(desk.revs).toEqual([1, 2]);
  });

  it("is no conflict with the one before it, of the same field", async () => {
    const desk = new Desk();
    const first = desk.change({ state: "waiting" }, [task("t", { state: "waiting", rev: 2 })]);
    const second = desk.change({ state: "done" }, [task("t", { state: "done", rev: 3 })]);
    expect(desk.shown().state).toBe("done");
    expect((await first).kind).toBe("settled");
    expect((await second).kind).toBe("settled");
    expect(desk.revs).toEqual([1, 2]);
  });

  it("meets a conflict where the feed brought the same field before it could be sent", async () => {
    const desk = new Desk();
    const done = desk.change({ state: "done" }, [refusal(0)]);
    desk.feed({ state: "waiting", rev: 2 });
    expect(await done).toMatchObject({ kind: "conflict", theirs: { state: "waiting" } });
    expect(desk.revs).toEqual([]);
  });

  it("of a document that is gone is refused", async () => {
    const desk = new Desk();
    desk.board = boardOf(snapshot());
    expect((await desk.change({ state: "done" }, [])).kind).toBe("refused");
  });

  it("that settled gives way to a board that was read anew", async () => {
    const desk = new Desk();
    await desk.change({ state: "done" }, [task("t", { state: "done", rev: 2 })]);
    desk.edits.startOver();
    expect(desk.shown().state).toBe("todo");
  });
});

describe("rows", () => {
  it("change alone, each with its own document", () => {
    const rows = new Rows();
    const board = boardOf(snapshot({ tasks: [task("a"), task("b")] }));
    rows.show(board);
    const seen: string[] = [];
    rows.one("tasks", "a").subscribe((row) => seen.push(`a ${row?.title}`));
    rows.one("tasks", "b").subscribe((row) => seen.push(`b ${row?.title}`));
    const tasks = new Map(board.tasks).set("b", task("b", { title: "new" }));
    rows.show({ ...board, tasks });
    rows.show({ ...board, tasks: new Map([["b", tasks.get("b")!]]) });
    expect(seen).toEqual(["a a", "b b", "b new", "a undefined"]);
  });
});

describe("a page that closes", () => {
  it("would lose a change that waits for the one before it, and no other", async () => {
    const desk = new Desk();
    expect(desk.edits.hasUnsent).toBe(false);
    const first = desk.change({ state: "done" }, [task("t", { state: "done", rev: 2 })]);
    const second = desk.change({ state: "todo" }, [task("t", { state: "todo", rev: 3 })]);
    expect(desk.edits.hasUnsent).toBe(true);
    await Promise.all([first, second]);
    expect(desk.edits.hasUnsent).toBe(false);
  });

  it("would lose a change while the server is away", async () => {
    const desk = new Desk();
    const away: boolean[] = [];
    const edits = new Edits({
      serverBoard: () => desk.board,
      onChange: () => undefined,
      whenReachable: async () => void away.push(edits.hasUnsent),
    });
    const answers = [refusal(503), null];
    await edits.change<Task>({
      collection: "tasks",
      id: "t",
      shown: { state: "done" },
      read: async () => task("t"),
      send: async () => {
        const fault = answers.shift();
        if (fault) throw fault;
        return task("t", { state: "done", rev: 2 });
      },
    });
    expect(away).toEqual([true]);
    expect(edits.hasUnsent).toBe(false);
  });
});
