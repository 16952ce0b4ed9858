// @vitest-environment happy-dom
import { useSignal } from "@preact/signals";
import { type ComponentChildren, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { Refusal } from "../../api/problem";
import { DateFact } from "../ui/facts";
import { EditForm } from "./edit-form";
import { Field } from "./field";
import { textOf } from "./form";
import { Select } from "./select";
import { StableInput } from "./stable-input";

interface Place {
  rev: number;
  zone: string;
  name: string;
}

/** A server with one document. */
class Server {
  sent: Partial<Place>[] = [];

  constructor(public document: Place) {}

  send = async (rev: number, changed: Partial<Place>): Promise<Place> => {
    if (rev !== this.document.rev) {
      throw new Refusal({ type: "about:blank", title: "Changed", status: 412 });
    }
    this.sent.push(changed);
    this.document = { ...this.document, ...changed, rev: rev + 1 };
    return this.document;
  };
}

const show = (what: ComponentChildren) => act(() => render(what, document.body));

const showForm = (server: Server, of = server.document) =>
  show(
    <EditForm<Place>
      of={of}
      action="Save"
      fieldsIn={(form) => ({ zone: textOf(form, "zone"), name: textOf(form, "name") })}
      read={async () => server.document}
      send={server.send}
      saved={() => undefined}
    >
      {({ zone, name }) => (
        <>
          <Field name="name" label="Name" defaultValue={name} />
          <Select name="zone" label="Zone" value={zone}>
            {["Kyiv", "Berlin", "Tokyo"].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </Select>
        </>
      )}
    </EditForm>,
  );

const control = (selector: string) =>
  document.querySelector<HTMLInputElement>(selector)!;
const values = () => [
  control("[name=name]").value,
  control("[name=zone]").value,
];

/** As one does it: the focus comes, the value changes, the focus goes. */
const type = (selector: string, value: string) =>
  act(() => {
    const field = control(selector);
    field.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.dispatchEvent(new FocusEvent("focusout", { bubbles: true, relatedTarget: null }));
  });

const submit = () =>
  act(async () => {
    document.querySelector("form")!.requestSubmit();
    await new Promise((resolve) => setTimeout(resolve, 5));
  });

afterEach(() => show(null));

describe("a form over a document that others change", () => {
  it("follows the document until somebody types", async () => {
    const server = new Server({ rev: 1, zone: "Kyiv", name: "Acme" });
    await showForm(server);
    await showForm(server, { rev: 2, zone: "Tokyo", name: "Acme Ltd" });
    expect(values()).toEqual(["Acme Ltd", "Tokyo"]);
  });

  it("keeps what was typed and what was chosen when the document changes", async () => {
    const server = new Server({ rev: 1, zone: "Kyiv", name: "Acme" });
    await showForm(server);
    await type("[name=zone]", "Berlin");
    await type("[name=name]", "Acme typed");
    await showForm(server, { rev: 2, zone: "Tokyo", name: "Acme Ltd" });
    expect(values()).toEqual(["Acme typed", "Berlin"]);
  });

  it("keeps still while somebody is in it", async () => {
    const server = new Server({ rev: 1, zone: "Kyiv", name: "Acme" });
    await showForm(server);
    const field = control("[name=name]");
    await act(() => void field.dispatchEvent(new FocusEvent("focusin", { bubbles: true })));
    await showForm(server, { rev: 2, zone: "Tokyo", name: "Acme Ltd" });
    expect(control("[name=name]")).toBe(field);
    expect(values()).toEqual(["Acme", "Kyiv"]);
    await act(() => void field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
    expect(values()).toEqual(["Acme Ltd", "Tokyo"]);
  });

  it("sends what was changed alone, over what others made of other fields", async () => {
    const server = new Server({ rev: 1, zone: "Kyiv", name: "Acme" });
    await showForm(server);
    await type("[name=zone]", "Berlin");
    server.document = { rev: 2, zone: "Kyiv", name: "Acme Ltd" };
    await submit();
    expect(server.sent).toEqual([{ zone: "Berlin" }]);
    expect(server.document).toEqual({ rev: 3, zone: "Berlin", name: "Acme Ltd" });
  });

  it("says what somebody else made of the same field, and sends mine only when told again", async () => {
    const server = new Server({ rev: 1, zone: "Kyiv", name: "Acme" });
    await showForm(server);
    await type("[name=zone]", "Berlin");
    server.document = { rev: 2, zone: "Tokyo", name: "Acme" };
    await submit();
    expect(server.sent).toEqual([]);
    expect(document.body.textContent).toContain("Someone else changed this to “Tokyo”.");
    expect(values()).toEqual(["Acme", "Berlin"]);
    await submit();
    expect(server.document).toMatchObject({ zone: "Berlin", rev: 3 });
  });

  it("takes no offence at somebody who made the same change", async () => {
    const server = new Server({ rev: 1, zone: "Kyiv", name: "Acme" });
    await showForm(server);
    await type("[name=zone]", "Berlin");
    server.document = { rev: 2, zone: "Berlin", name: "Acme" };
    await submit();
    expect(document.body.textContent).not.toContain("Someone else");
  });

  it("goes on from what it saved, before the feed has said so", async () => {
    const server = new Server({ rev: 1, zone: "Kyiv", name: "Acme" });
    const stale = server.document;
    await showForm(server, stale);
    await type("[name=zone]", "Berlin");
    await submit();
    await showForm(server, stale);
    expect(values()).toEqual(["Acme", "Berlin"]);
    await type("[name=zone]", "Tokyo");
    await submit();
    expect(server.document).toMatchObject({ zone: "Tokyo", rev: 3 });
  });
});

describe("a redraw", () => {
  function Redrawn({ children }: { children: () => ComponentChildren }) {
    const times = useSignal(0);
    return (
      <div>
        <button type="button" onClick={() => (times.value += 1)}>
          Draw {times.value}
        </button>
        {children()}
      </div>
    );
  }

  const redraw = () => act(() => control("button").click());

  it("leaves a choice as it was made", async () => {
    await show(
      <Redrawn>
        {() => (
          <Select name="lead" label="Lead" value="me">
            <option value="me">Me</option>
            <option value="sam">Sam</option>
          </Select>
        )}
      </Redrawn>,
    );
    await type("select", "sam");
    await redraw();
    expect(control("select").value).toBe("sam");
  });

  it("leaves half a date to the one who types it", async () => {
    await show(<Redrawn>{() => <StableInput type="date" value="2030-01-07" />}</Redrawn>);
    const field = control("input");
    await act(() => void field.dispatchEvent(new FocusEvent("focusin", { bubbles: true })));
    field.value = "";
    await redraw();
    expect(field.value).toBe("");
    await act(() => void field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
    expect(field.value).toBe("2030-01-07");
  });

  it("leaves a date that is changed in place, and sends none that was not typed", async () => {
    const changes: (string | null)[] = [];
    const fact = (date: string) => (
      <DateFact name="Due" date={date} change={(changed) => changes.push(changed)} />
    );
    await show(fact("2030-01-07"));
    const field = control("input");
    await act(() => void field.dispatchEvent(new FocusEvent("focusin", { bubbles: true })));
    await show(fact("2030-02-02"));
    expect(control("input")).toBe(field);
    await act(() => void field.dispatchEvent(new FocusEvent("blur")));
    expect(changes).toEqual([]);
  });

  it("is told which date was seen, where somebody else has changed it since", async () => {
    const changes: (string | null)[][] = [];
    const fact = (date: string) => (
      <DateFact name="Due" date={date} change={(...changed) => changes.push(changed)} />
    );
    await show(fact("2030-01-07"));
    const field = control("input");
    await act(() => void field.dispatchEvent(new FocusEvent("focusin", { bubbles: true })));
    await show(fact("2030-02-02"));
    field.value = "2030-03-03";
    await act(() => void field.dispatchEvent(new FocusEvent("blur")));
    expect(changes).toEqual([["2030-03-03", "2030-01-07"]]);
  });
});
