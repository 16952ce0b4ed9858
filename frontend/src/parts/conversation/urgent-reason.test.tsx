// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, it } from "vitest";
import { WorkspaceHere, WorkspaceProvider } from "../../live/workspace";
import type { Preview } from "./ask-preview";
import type { MessageDraft } from "./message-draft";
import { UrgentReason } from "./urgent-reason";

const clocks = (at: string) => ({ at, theirs: at, yours: at });

const preview = (working: readonly string[]) =>
  ({
    recipients: [
      {
        member_id: "sam",
        name: "Sam Reed",
        zone: "Europe/Kyiv",
        needs_reason: true,
        now: clocks("2026-05-18T20:00:00Z"),
        next_start: clocks("2026-05-19T07:00:00Z"),
      },
    ],
    working_now: working.map((name) => ({ member_id: name, name, in_focus: false })),
  }) as unknown as Preview;

const show = (working: readonly string[], sendLater: MessageDraft["sendLater"]) => {
  const message = {
    askPreview: { preview: signal(preview(working)) },
    reason: signal(""),
    missing: signal(null),
    sendLater,
  } as unknown as MessageDraft;
  return act(() =>
    render(
      <WorkspaceProvider value={new WorkspaceHere("acme", "account")}>
        <UrgentReason message={message} />
      </WorkspaceProvider>,
      document.body,
    ),
  );
};

const instead = () => document.querySelector(".instead")?.textContent ?? null;

afterEach(() => act(() => render(null, document.body)));

it("offers to send later or to ask somebody who works", async () => {
  await show(["Kim Lee"], () => undefined);
  expect(instead()).toContain("Send when Sam starts");
  expect(instead()).toContain("Ask Kim instead");
});

it("offers nothing else where there is nothing else", async () => {
  await show([], null);
  expect(document.body.textContent).toContain("Sam Reed isn’t working until");
  expect(instead()).toBeNull();
});
