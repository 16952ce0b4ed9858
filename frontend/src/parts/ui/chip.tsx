import type { IconNode } from "lucide";
import type { ComponentChildren } from "preact";
import { Icon } from "./icon";

export type Tone = "plain" | "good" | "warn" | "bad" | "info";

interface Props {
  tone?: Tone;
  icon?: IconNode;
  title?: string;
  children: ComponentChildren;
}

/** A short status. Its text says everything; colour and icon only repeat it. */
export function Chip({ tone = "plain", icon, title, children }: Props) {
  return (
    <span class={`chip ${tone}`} title={title}>
      {icon && <Icon of={icon} size={14} />}
      {children}
    </span>
  );
}
