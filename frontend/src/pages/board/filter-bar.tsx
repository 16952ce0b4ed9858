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
import { memberOption, NOBODY } from "../../parts/people/member-option";

type Several = (typeof SEVERAL)[number];

const GROUPINGS: readonly [Grouping, string][] = [
  ["state", "State"],
  ["assignee", "Person"],
  ["project", "Project"],
];

const SORTS: readonly [Sort, string][] = [
  ["-priority", "Priority"],
  ["due_on", "Due date"],
  ["-updated_at", "Last changed"],
  ["-created_at", "Newest"],
  ["created_at", "Oldest"],
  ["key", "Key"],
];

const FILTERS: readonly [Several, string, (here: WorkspaceHere) => Option[]][] = [
  ["project", "Project", projects],
  ["assignee", "Person", people],
  ["label", "Label", labels],
  ["priority", "Priority", priorities],
  ["state", "State", states],
];

/** What the board shows, all of it in the address. */
export function FilterBar({ state: { here, shown } }: { state: BoardState }) {
  const sort = SORTS.find(([value]) => value === shown.sort)?.[1] ?? shown.sort;
  return (
    <div class="filter-bar">
      <Refused filters={shown.refused} />
      <Views here={here} shown={shown} />
      <div class="segments" role="group" aria-label="Columns">
        {GROUPINGS.map(([by, name]) => (
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
          aria-label="Filter by words"
          placeholder="Filter…"
          value={shown.text}
          onInput={({ currentTarget }) => setQuery({ q: currentTarget.value || null })}
        />
      </label>
      {FILTERS.map((filter) => (
        <FilterPicker key={filter[0]} filter={filter} here={here} shown={shown} />
      ))}
      {isFiltered(shown) && (
        <Button small kind="quiet" icon={X} onClick={() => clear(shown)}>
          Clear
        </Button>
      )}
      <span class="grow" />
      <Menu
        label="Order"
        class="button small quiet"
        items={SORTS.map(([value, name]) => ({
          name,
          checked: value === shown.sort,
          run: () => setQuery({ sort: value }),
        }))}
      >
        <Icon of={ArrowUpDown} size={14} />
        {sort}
      </Menu>
      <Button small kind="quiet" icon={Monitor} onClick={() => setQuery({ wall: "" })}>
        Wall
      </Button>
    </div>
  );
}

/** A link that asks for what there is not shows nothing, and says why. */
function Refused({ filters }: { filters: readonly string[] }) {
  const which = filters.length === 1 ? "a filter that doesn’t exist" : "filters that don’t exist";
  return (
    <Notice
      kind="warn"
      lines={filters.length > 0 ? [`This link has ${which}: ${filters.join(", ")}. Clear it to see tasks.`] : []}
    />
  );
}

interface PickerProps {
  filter: (typeof FILTERS)[number];
  here: WorkspaceHere;
  shown: BoardState["shown"];
}

function FilterPicker({ filter: [name, label, options], here, shown }: PickerProps) {
  const values = shown.several[name];
  const words = values.length > 0 ? `${label}: ${said(here, name, values)}` : label;
  return (
    <Picker
      many
      label={label}
      title={words}
      class={values.length > 0 ? "button small on" : "button small"}
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
  const options = FILTERS.find(([filter]) => filter === name)?.[2](here) ?? [];
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
  return [
    { value: "me", name: "Me" },
    NOBODY,
    ...active.map(memberOption),
  ];
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
