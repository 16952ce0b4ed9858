// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { beforeEach, describe, expect, it } from "vitest";
import { DraftStore, followOthers } from "./draft";

const NAME = "dayline:a:acme:draft:comment";

beforeEach(() => {
  localStorage.clear();
  localStorage.setItem("dayline-account", "{}"); // someone is signed in
});

/** A field in this tab that begins with what is kept. */
function field(initial = "") {
  const store = new DraftStore(NAME, initial, localStorage);
  const text = signal(store.read() ?? initial);
  text.subscribe((typed) => store.write(typed));
  followOthers(store, text);
  return { store, text };
}

/** Another tab forgets the draft: this one is told. */
function elsewhereForgotten(): void {
  localStorage.removeItem(NAME);
  dispatchEvent(Object.assign(new Event("storage"), { key: NAME, newValue: null }));
}


describe("a draft", () => {
  it("that was typed here is kept although another tab sent its own", () => {
    const { text } = field();
    text.value = "typed here";
    elsewhereForgotten();
    expect(localStorage.getItem(NAME)).toBe("typed here");
    expect(text.value).toBe("typed here");
  });

  it("that was only found here is gone once another tab sent it", () => {
    localStorage.setItem(NAME, "typed elsewhere");
    const { text } = field();
    elsewhereForgotten();
    expect(text.value).toBe("");
    expect(localStorage.getItem(NAME)).toBeNull();
  });

  it("is not brought back by another tab when it was deleted at sign-out", () => {
    const { text } = field();
    text.value = "typed here";
    localStorage.removeItem("dayline-account");
    elsewhereForgotten();
    expect(localStorage.getItem(NAME)).toBeNull();
  });

  it("begins anew with what was saved of it", () => {
    const { store, text } = field("before");
    text.value = "saved";
    store.markSaved("saved", "saved");
    text.value = "saved, and more";
    text.value = store.initial;
    expect(localStorage.getItem(NAME)).toBeNull();
  });
});

describe("a draft", () => {
  it("is kept while it differs from what was there", () => {
    const store = new DraftStore("d", "", localStorage);
    store.write("half a thou");
    expect(new DraftStore("d", "", localStorage).read()).toBe("half a thou");
    store.write("");
    expect(localStorage.getItem("d")).toBeNull();
  });
});
