import type { IconNode } from "lucide";
import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { Icon } from "./icon";

interface Props extends Omit<ButtonHTMLAttributes, "icon" | "size"> {
  kind?: "plain" | "primary" | "quiet" | "danger";
  small?: boolean;
  icon?: IconNode;
  busy?: boolean;
  children: ComponentChildren;
}

/** A button with text. It keeps the focus while it is busy. */
export function Button({ kind = "plain", small, icon, busy, children, ...rest }: Props) {
  const look = `button ${kind} ${small ? "small" : ""}`;
  return (
    <button type="button" {...rest} class={look} aria-disabled={busy || undefined}>
      {icon && <Icon of={icon} size={small ? 14 : 16} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes, "icon" | "label"> {
  icon: IconNode;
  /** Its accessible name and tooltip. */
  label: string;
}

export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button type="button" {...rest} class="icon-button" aria-label={label} title={label}>
      <Icon of={icon} />
    </button>
  );
}
