import { BellOff, Check, Circle, CircleDot, Clock, Ellipsis } from "lucide";
import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import t from "locale:today";
import { minute } from "../../api/clock";
import { rowProps } from "../../keys/list-navigation";
import { isSnoozed } from "../../live/inbox";
import { useWorkspace } from "../../live/workspace";
import { timeWords } from "../../parts/time/times";
import { Chip } from "../../parts/ui/chip";
import { Icon } from "../../parts/ui/icon";
import { Menu, type MenuItem } from "../../parts/ui/menu";
import type { Subject } from "./acts";
import type { Desk } from "./desk";
import { noticesOf, type Row } from "./rows";
import { SnoozeForm } from "./snooze-form";

interface Props {
  row: Row;
  desk: Desk;
  /** Where it stands, in a chip. */
  chip: ComponentChildren;
  /** What the link says; without it the row's title. */
  title?: ComponentChildren;
  /** The lines below the link. */
  children?: ComponentChildren;
  acts?: ComponentChildren;
  /** What is open below it. */
  more?: ComponentChildren;
}

/** A row of Today: where it stands, what it is about, whether it is new, and what I can do. */
export function RowFrame({ row, desk, chip, title = row.title, children, acts, more }: Props) {
  const here = useWorkspace();
  const { keys } = desk;
  const subject = useSubject(row);
  const isNew = subject.notices.some(({ read_at }) => read_at === null);
  const isOpen = keys.opened.value?.id === row.id;
  return (
    <li class={`ask ${isOpen ? "open" : ""} ${isNew ? "new" : ""}`}>
      {chip}
      <div class="ask-what">
        <p class="ask-title">
          {isNew && (
            <Chip tone="info" icon={CircleDot}>
              {t.new}
            </Chip>
          )}
          <a
            {...rowProps(keys.list, row.id)}
            class="main"
            href={here.pageUrl(row.path)}
            onClick={() => desk.acts.read(subject)}
          >
            {title}
          </a>
        </p>
        {children}
      </div>
      <div class="ask-acts">
        {acts}
        {subject.notices.length > 0 && <MoreActs row={row} subject={subject} desk={desk} />}
      </div>
      {more}
      {isOpen && keys.opened.value?.action === "snooze" && (
        <SnoozeForm row={row} subject={subject} desk={desk} />
      )}
    </li>
  );
}

/** The row's notices as they are now, also while the rows themselves are held. */
function useSubject(row: Row): Subject {
  const { live } = useWorkspace();
  const notices = useComputed(() => noticesOf(live.list("notices").value.values(), row));
  return { title: row.title, notices: notices.value };
}

interface ActsProps {
  row: Row;
  subject: Subject;
  desk: Desk;
}

function MoreActs({ row, subject, desk }: ActsProps) {
  const { acts, keys, today } = desk;
  const { notices } = subject;
  const isNew = notices.some(({ read_at }) => read_at === null);
  const isOff = notices.every((notice) => isSnoozed(notice, minute.value));
  const next = today.next_first_check;
  const items: MenuItem[] = [
    isNew
      ? { name: t.markAsRead, icon: Circle, run: () => acts.read(subject) }
      : { name: t.markAsUnread, icon: CircleDot, run: () => acts.unread(subject) },
  ];
  if (!notices.some(({ needs_you }) => needs_you)) {
    items.push({ name: t.done, icon: Check, run: () => acts.done(subject) });
  }
  if (isOff) items.push({ name: t.bringBack, icon: BellOff, run: () => acts.wake(subject) });
  if (next && !isOff) {
    const when = timeWords(next.local, today.now.local);
    const snooze = () => acts.try(() => acts.snooze(subject, { next_start: true }, when));
    items.push({ name: t.snoozeUntil({ when }), icon: Clock, run: snooze });
  }
  items.push({ name: t.snoozeUntilTime, icon: Clock, run: () => keys.toggle(row.id, "snooze") });
  return (
    <Menu
      label={t.moreActions({ title: row.title })}
      title={t.moreActions({ title: row.title })}
      class="icon-button"
      items={items}
    >
      <Icon of={Ellipsis} />
    </Menu>
  );
}
