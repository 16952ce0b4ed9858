import t from "locale:board";
import common from "locale:common";
import { ArrowUpDown, Monitor, Search, X } from "lucide";
import { path, query, navigate, setQuery } from "../../router/router";
import type { WorkspaceHere } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Icon } from "../../parts/ui/icon";
import { Notice } from "../../parts/ui/notice";
import { Menu } from "../../parts/ui/menu";
import { type Option, Picker } from "../../parts/ui/picker";
import { PRIORITIES, PriorityIcon, STATES, StateIcon } from "../../parts/data/task-words";
import { type Grouping, isFiltered, isSameFilter, queryOf, type SEVERAL, shownBy, type Sort } from "./filter";
import type { BoardState } from "./state";
import { Views } from "./views";
import { memberOption } from "../../parts/people/member-option";

type Several = (typeof SEVERAL)[number];

const groupings = (): readonly [Grouping, string][] => [
  ["state", t.state],
  ["assignee", t.assignee],
  ["project", t.project],
];

const sorts = (): readonly [Sort, string][] => [
  ["-priority", t.priority],
  ["due_on", t.dueDate],
  ["-updated_at", t.recentlyUpdated],
  ["-created_at", t.newest],
  ["created_at", t.oldest],
  ["key", t.key],
];

type Filter = [Several, string, (here: WorkspaceHere) => Option[]];

const filters = (): readonly Filter[] => [
  ["project", t.project, projects],
  ["assignee", t.assignee, people],
  ["label", t.label, labels],
  ["priority", t.priority, priorities],
  ["state", t.state, states],
];

/** The controls for what the board shows. All of it is in the URL. */
export function FilterBar({ state: { here, shown } }: { state: BoardState }) {
  const sort = sorts().find(([value]) => value === shown.sort)?.[1] ?? shown.sort;
  return (
    <div class="filter-bar">
      <Refused unknown={shown.refused} />
      <Views here={here} shown={shown} />
      <div class="segments" role="group" aria-label={t.groupBy}>
        {groupings().map(([by, name]) => (
          <button
            key={by}
            type="button"
            aria-pressed={shown.by === by}
            onClick={() => setQuery({ by: by === "state" ? null : by })}
          >
            {name}
          </button>
        ))}
      </div>
      <label class="filter-text">
        <Icon of={Search} size={14} />
        <input
          type="search"
          aria-label={t.filterTasks}
          placeholder={t.filter}
          value={shown.text}
          onInput={({ currentTarget }) => setQuery({ q: currentTarget.value || null })}
        />
      </label>
      {filters().map((filter) => (
        <FilterPicker key={filter[0]} filter={filter} here={here} shown={shown} />
      ))}
      {isFiltered(shown) && (
        <Button small kind="quiet" icon={X} onClick={() => clear(shown)}>
          {t.clearFilters}
        </Button>
      )}
      <span class="grow" />
      <Menu
        label={t.sortBy}
        class="button small quiet"
        items={sorts().map(([value, name]) => ({
          name,
          checked: value === shown.sort,
          run: () => setQuery({ sort: value }),
        }))}
      >
        <Icon of={ArrowUpDown} size={14} />
        {sort}
      </Menu>
      <Button small kind="quiet" icon={Monitor} onClick={() => setQuery({ wall: "" })}>
        {t.wall}
      </Button>
    </div>
  );
}

/** A link that asks for what there is not shows nothing, and says why. */
function Refused({ unknown }: { unknown: readonly string[] }) {
  const count = unknown.length;
  const lines = count > 0 ? [t.unknownFilters({ count, filters: unknown.join(", ") })] : [];
  return <Notice kind="warn" lines={lines} />;
}

interface PickerProps {
  filter: Filter;
  here: WorkspaceHere;
  shown: BoardState["shown"];
}

function FilterPicker({ filter: [name, label, options], here, shown }: PickerProps) {
  const values = shown.several[name];
  const isSet = values.length > 0;
  const words = isSet ? t.filterIs({ filter: label, value: said(here, name, values) }) : label;
  return (
    <Picker
      many
      label={label}
      title={words}
      class={isSet ? "button small on" : "button small"}
      options={() => options(here)}
      chosen={new Set(values)}
      onPick={(value) => toggle(name, value)}
    >
      {words}
    </Picker>
  );
}

function toggle(name: Several, value: string): void {
  const changed = new URLSearchParams(query.peek());
  const values = shownBy(changed).several[name];
  changed.delete(name);
  const kept = values.filter((other) => !isSameFilter(name, other, value));
  const next = kept.length < values.length ? kept : [...values, value];
  for (const each of next) changed.append(name, each);
  navigate(`${path.peek()}?${changed}`, { replace: true });
}

function clear({ by, sort }: BoardState["shown"]): void {
  const empty = new URLSearchParams();
  const rest = queryOf({ several: NONE, dates: NO_DATES, open: null, text: "", by, sort, refused: [] });
  for (const [name, value] of rest) empty.append(name, value);
  navigate(`${path.peek()}?${empty}`, { replace: true });
}

const NONE = Object.fromEntries(
  ["project", "state", "assignee", "priority", "label", "created_by", "watcher", "parent"].map(
    (name) => [name, []],
  ),
) as unknown as BoardState["shown"]["several"];
const NO_DATES = { due_before: null, due_after: null, updated_since: null };

function said(here: WorkspaceHere, name: Several, values: readonly string[]): string {
  if (values.length > 1) return String(values.length);
  const options = filters().find(([filter]) => filter === name)?.[2](here) ?? [];
  return options.find(({ value }) => value === values[0])?.name ?? values[0] ?? "";
}

function projects({ live }: WorkspaceHere): Option[] {
  const open = [...live.list("projects").peek().values()].filter(({ archived_at }) => !archived_at);
  return open
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ key, name }) => ({ value: key, name, words: key }));
}

function people({ live }: WorkspaceHere): Option[] {
  const active = [...live.list("members").peek().values()].filter(({ disabled_at }) => !disabled_at);
  active.sort((a, b) => a.name.localeCompare(b.name));
  const me = { value: "me", name: common.me };
  return [me, { value: "none", name: t.unassigned }, ...active.map(memberOption)];
}

function labels({ live }: WorkspaceHere): Option[] {
  const names = new Set<string>();
  for (const task of live.list("tasks").peek().values()) for (const name of task.labels) names.add(name);
  return [...names].sort().map((name) => ({ value: name, name }));
}

function priorities(): Option[] {
  return PRIORITIES.map(([value, name]) => ({ value, name, mark: <PriorityIcon priority={value} /> }));
}

function states(): Option[] {
  return STATES.map(([value, name]) => ({ value, name, mark: <StateIcon state={value} /> }));
}
