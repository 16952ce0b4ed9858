/** Elements for the tags of messages: `t.decidedBy({ name, b: strong })`. */

import type { ComponentChildren } from "preact";

export const strong = (text: ComponentChildren) => <strong>{text}</strong>;

/** Text for screen readers only. */
export const unseen = (text: ComponentChildren) => <span class="unseen">{text}</span>;
