import type { components } from "../../api/schema";
import type { Tone } from "../../parts/ui/chip";

type Schemas = components["schemas"];
export type Subscription = Schemas["SubscriptionOut"];
export type Delivery = Schemas["DeliveryOut"];
export type NoticeKind = Schemas["NoticeKind"];

/** What a channel can be notified about. */
export const NOTICES: readonly NoticeKind[] = [
  "ask",
  "urgent",
  "warning",
  "breach",
  "project_update",
  "task_state",
  "decision_opened",
  "decision_decided",
];

export const TONES: Record<Delivery["state"], Tone> = {
  pending: "info",
  sending: "info",
  delivered: "good",
  failed: "bad",
  dropped: "plain",
};

/** Whether it can be sent again. */
export const isSettled = ({ settled_at }: Delivery): boolean => settled_at !== null;
