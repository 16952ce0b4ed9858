import type { ComponentChildren } from "preact";

interface Props {
  label: string;
  tabs: readonly { name: string; href: string; count?: number; current: boolean }[];
  children?: ComponentChildren;
}

/** Views of one page, each with an address of its own. */
export function Tabs({ label, tabs, children }: Props) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ name, href, count, current }) => (
        <a key={href} href={href} aria-current={current ? "page" : undefined}>
          {name}
          {count !== undefined && <span class="count">{count}</span>}
        </a>
      ))}
      {children}
    </nav>
  );
}
