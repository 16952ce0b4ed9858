import { Check, type IconNode } from "lucide";
import type { ComponentChildren, RefObject, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./icon";
import { PopoverButton } from "./popover-button";

export interface MenuItem {
  name: string;
  icon?: IconNode;
  run?: () => void;
  href?: string;
  /** Whether it is the chosen one of several, which has a tick. */
  checked?: boolean;
  danger?: boolean;
}

interface Props {
  /** The menu's name. */
  label: string;
  /** The button's name and tip, where its content has no words. */
  title?: string;
  class?: string;
  items: readonly (MenuItem | "line")[];
  /** What the button shows. */
  children: ComponentChildren;
}

/** A button that opens a menu with keyboard navigation. */
export function Menu({ label, class: look = "button", items, children, title }: Props) {
  const box = {
    role: "menu",
    "aria-label": label,
    class: "menu",
    onKeyDown: (event: TargetedKeyboardEvent<HTMLElement>) =>
      moveFocus(itemsOf(event.currentTarget), event),
  } as const;
  return (
    <PopoverButton
      popup="menu"
      title={title}
      class={look}
      box={box}
      button={children}
    >
      {(close) => <Items items={items} close={close} />}
    </PopoverButton>
  );
}

function Items({ items, close }: { items: Props["items"]; close: () => void }) {
  const first = useRef<HTMLElement>(null);
  useEffect(() => first.current?.focus(), []);
  return items.map((item, index) =>
    item === "line" ? (
      <hr key={index} />
    ) : (
      <Item key={item.name} item={item} close={close} focus={index === 0 ? first : null} />
    ),
  );
}

interface ItemProps {
  item: MenuItem;
  close: () => void;
  focus: RefObject<HTMLElement | null> | null;
}

function Item({ item, close, focus }: ItemProps) {
  const { name, icon, checked, href } = item;
  const content = (
    <>
      {icon && <Icon of={icon} />}
      <span class="grow">{name}</span>
      {checked && <Icon of={Check} />}
    </>
  );
  const look = item.danger ? "menu-item danger" : "menu-item";
  if (href) {
    return (
      <a ref={focus as RefObject<HTMLAnchorElement>} class={look} role="menuitem" href={href} onClick={close}>
        {content}
      </a>
    );
  }
  const choose = () => {
    close();
    item.run?.();
  };
  const role = checked === undefined ? "menuitem" : "menuitemradio";
  return (
    <button
      ref={focus as RefObject<HTMLButtonElement>}
      type="button"
      class={look}
      role={role}
      aria-checked={checked}
      onClick={choose}
    >
      {content}
    </button>
  );
}

const itemsOf = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>(".menu-item")];

/**
 * Move the focus among menu items by arrows, Home and End, or to the next with a typed first
 * letter.
 */
function moveFocus(items: readonly HTMLElement[], event: KeyboardEvent): void {
  const at = items.indexOf(document.activeElement as HTMLElement);
  const wanted: Record<string, number> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const index = wanted[event.key] ?? byLetter(items, at, event);
  if (index === undefined || index < 0) return;
  event.preventDefault();
  items[index]?.focus();
}

function byLetter(
  items: readonly HTMLElement[],
  at: number,
  event: KeyboardEvent,
): number | undefined {
  if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey) return undefined;
  const begins = ({ textContent }: HTMLElement) =>
    textContent?.toLowerCase().startsWith(event.key.toLowerCase());
  const behind = items.findIndex((item, index) => index > at && begins(item));
  return behind >= 0 ? behind : items.findIndex(begins);
}
