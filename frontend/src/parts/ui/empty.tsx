import type { IconNode } from "lucide";
import type { ComponentChildren } from "preact";
import { Icon } from "./icon";

interface Props {
  icon?: IconNode;
  title: string;
  /** What to do about it. */
  children?: ComponentChildren;
}

/** An empty state: says what will be here and offers one action. */
export function Empty({ icon, title, children }: Props) {
  return (
    <div class="empty-state">
      {icon && <Icon of={icon} size={20} />}
      <p class="strong">{title}</p>
      {children && <div class="quiet">{children}</div>}
    </div>
  );
}
