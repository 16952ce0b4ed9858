/** The five points of the message that is being written. The server finds them in the text. */

import t from "locale:conversation";
import {
  type ReadonlySignal,
  useComputed,
  useSignal,
  useSignalEffect,
} from "@preact/signals";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import type { Topic } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { list } from "../../text/format";
import { announce } from "../ui/announce";
import type { AskPlace } from "./ask-preview";

export type ClarityCheck = components["schemas"]["ClarityCheckOut"];
type Kind = Exclude<keyof components["schemas"]["ClarityOut"], "task_brief" | "decision">;
type Level = components["schemas"]["ClarityLevel"];

export interface Clarity {
  /** How strictly the message is checked; off while it asks no one. */
  level: ReadonlySignal<Level>;
  /** The points of the text a moment ago. Null before the first check. */
  check: ReadonlySignal<ClarityCheck | null>;
  /** Whether points are required, and missing in what was checked last. */
  needsReason: () => boolean;
  /** Whether points are required, and the text changed since it was checked. */
  isBehind: () => boolean;
  /** Check the text as it is now. Without a server, the last check stays. */
  recheck: () => Promise<void>;
}

const TYPING_MS = 400;

const KIND_OF_TOPIC: Record<Topic["kind"], Kind> = {
  task: "task_comment",
  update: "discussion",
  discussion: "discussion",
  decision: "discussion",
  direct: "direct_message",
};

interface Written {
  text: ReadonlySignal<string>;
  place: AskPlace;
  topic: Topic | undefined;
  recipients: ReadonlySignal<readonly unknown[]>;
  urgent: ReadonlySignal<boolean>;
}

export function useClarity({ text, place, topic, recipients, urgent }: Written): Clarity {
  const here = useWorkspace();
  const check = useSignal<ClarityCheck | null>(null);
  const checked = useSignal<string | null>(null);
  const level = useComputed<Level>(() => {
    if (recipients.value.length === 0) return "off";
    const kind = urgent.value ? "urgent" : kindIn(place, topic);
    return here.live.board.value?.workspace.clarity[kind] ?? "off";
  });
  const recheck = async () => {
    const body = text.peek();
    try {
      const found = await answer(
        api.POST("/api/workspaces/{workspace}/clarity", { params: here.pathParams(), body: { body } }),
      );
      if (body !== text.peek()) return;
      const said = missingWords(found);
      if (check.peek() && said !== missingWords(check.peek()!)) announce(said);
      check.value = found;
    } catch {
      // The server checks the message again when it is sent.
    } finally {
      checked.value = body;
    }
  };
  useSignalEffect(() => {
    if (level.value === "off" || text.value === checked.peek()) return undefined;
    const timer = setTimeout(() => void recheck(), TYPING_MS);
    return () => clearTimeout(timer);
  });
  const isRequired = () => level.peek() === "require";
  return {
    level,
    check,
    needsReason: () => isRequired() && missingIn(check.peek()).length > 0,
    isBehind: () => isRequired() && text.peek() !== checked.peek(),
    recheck,
  };
}

function kindIn(place: AskPlace, topic: Topic | undefined): Kind {
  if (topic) return KIND_OF_TOPIC[topic.kind];
  return place.project ? "discussion" : "direct_message";
}

/** The points that are missing, each with what to write. */
export const missingIn = (check: ClarityCheck | null) =>
  (check?.points ?? []).filter(({ reason }) => reason !== null);

/** `Missing: Deadline and Options`, for screen readers. */
function missingWords(check: ClarityCheck): string {
  if (!check.is_checked) return t.notChecked;
  const missing = missingIn(check).map(({ point }) => t.point({ point }));
  return missing.length > 0 ? t.pointsMissing({ points: list(missing) }) : t.noPointMissing;
}
