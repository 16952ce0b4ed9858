import type { components } from "../../api/schema";
import type { Tone } from "../../parts/ui/chip";

type Schemas = components["schemas"];
export type Subscription = Schemas["SubscriptionOut"];
export type Delivery = Schemas["DeliveryOut"];
export type NoticeKind = Schemas["NoticeKind"];

/** What a channel can be told. */
export const NOTICES: readonly (readonly [NoticeKind, string])[] = [
  ["ask", "Somebody is asked"],
  ["urgent", "Somebody is asked urgently"],
  ["warning", "Most of a window has passed"],
  ["breach", "A window has passed without an answer"],
  ["project_update", "A project update"],
  ["task_state", "A task moved"],
  ["decision_opened", "Somebody asks for input on a decision"],
  ["decision_decided", "A decision was made"],
];

export const noticeWords = (kind: NoticeKind): string =>
  NOTICES.find(([each]) => each === kind)?.[1] ?? kind;

/** How far a delivery is, in words. */
export const STATES: Record<Delivery["state"], readonly [string, Tone]> = {
  pending: ["Waits", "info"],
  sending: ["Being sent", "info"],
  delivered: ["Delivered", "good"],
  failed: ["Failed", "bad"],
  dropped: ["Dropped", "plain"],
};

/** Whether it can be sent once more. */
export const isSettled = ({ settled_at }: Delivery): boolean => settled_at !== null;
