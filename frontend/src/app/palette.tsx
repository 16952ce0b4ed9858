import { useSignal } from "@preact/signals";
import { BookOpen, FileSearch, Folder, Gavel, type IconNode, Search, SquareCheck, User } from "lucide";
import { useRef } from "preact/hooks";
import common from "locale:common";
import t from "locale:shell";
import { commandsNow } from "../keys/commands";
import type { Board } from "../live/documents";
import { useBoard, useWorkspace, type WorkspaceHere } from "../live/workspace";
import { Icon } from "../parts/ui/icon";
import { KeyHint } from "../parts/ui/key-hint";
import { useListbox } from "../parts/ui/listbox";
import { Modal } from "../parts/ui/modal";
import { hitPath, type Hit, type HitKind, MAX_LENGTH, plainText, useSearch } from "../parts/data/search";
import { rankMatches } from "../parts/data/matching";
import { navigate } from "../router/router";

interface Entry {
  id: string;
  name: string;
  /** Shown after the name, such as a key. */
  aside?: string;
  icon: IconNode;
  keys?: string;
  run: () => void;
}

const MOST = 40;
const MOST_HITS = 8;
const SEARCHED: readonly HitKind[] = ["reference", "message", "topic", "task", "decision"];
const NO_ICON: IconNode = [];

/** The command palette: finds pages, actions, projects, tasks and people. */
export default function Palette({ close }: { close: () => void }) {
  const commands = useRef(commandsNow()).current; // before the dialog hides them
  return (
    <Modal class="dialog palette" aria-label={t.searchAndCommands} close={close} closesOutside>
      {(dismiss) => <EntryList commands={commands} dismiss={dismiss} />}
    </Modal>
  );
}

interface EntryListProps {
  commands: ReturnType<typeof commandsNow>;
  dismiss: () => void;
}

function EntryList({ commands, dismiss }: EntryListProps) {
  const here = useWorkspace();
  const board = useBoard();
  const typed = useSignal("");
  const text = typed.value.trim();
  const found = useSearch({ text, kinds: SEARCHED, limit: MOST_HITS });
  const named = entries(here, board, commands, text);
  const shown = text ? [...named, ...hitEntries(here, named, found.data.value ?? [], text)] : named;
  const run = (index: number) => {
    const entry = shown[index];
    if (!entry) return;
    dismiss();
    entry.run();
  };
  const { id, active, onKey, activeId, optionProps } = useListbox(shown.length, run);
  return (
    <>
      <input
        autofocus
        role="combobox"
        aria-label={t.searchAndCommands}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={activeId}
        autocomplete="off"
        spellcheck={false}
        maxLength={MAX_LENGTH}
        placeholder={t.searchPlaceholder}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          active.value = 0;
        }}
        onKeyDown={(event) => onKey(event) && event.preventDefault()}
      />
      <div id={id} role="listbox" aria-label={t.results} class="options">
        {shown.map((entry, index) => (
          // The field has the focus, and its keys choose.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            {...optionProps(index)}
            key={entry.id}
            role="option"
            aria-selected={index === active.value}
            onPointerMove={() => (active.value = index)}
            onClick={() => run(index)}
          >
            <Icon of={entry.icon} />
            <span class="grow ellipsis" dir="auto">{entry.name}</span>
            {entry.aside && <span class="quiet" dir="auto">{entry.aside}</span>}
            {entry.keys && <KeyHint keys={entry.keys} />}
          </div>
        ))}
      </div>
    </>
  );
}

function entries(
  here: WorkspaceHere,
  board: Board,
  commands: ReturnType<typeof commandsNow>,
  text: string,
): Entry[] {
  const actions: Entry[] = commands
    .filter(({ hidden }) => !hidden)
    .map(({ name, icon = NO_ICON, keys, run }) => {
      const [first] = keys ?? [];
      return { id: `do ${name}`, name, icon, run, ...(first ? { keys: first } : {}) };
    });
  if (!text) return actions;
  const all = [
    ...actions,
    ...referenceEntries(here, board),
    ...decisionEntries(here, board),
    ...projectEntries(here, board),
    ...taskEntries(here, board),
    ...people(here, board),
  ];
  return rankMatches(all, text, ({ name, aside }) => `${name} ${aside ?? ""}`).slice(0, MOST);
}

function referenceEntries(here: WorkspaceHere, board: Board): Entry[] {
  return [...board.references.values()].map(({ id, title }) => ({
    id: `reference ${id}`,
    name: title,
    aside: common.reference,
    icon: BookOpen,
    run: () => navigate(here.pageUrl(`/references/${id}`)),
  }));
}

/** Those that are not decided; the others are found by their words. */
function decisionEntries(here: WorkspaceHere, board: Board): Entry[] {
  return [...board.decisions.values()].map(({ key, title, status }) => ({
    id: `decision ${key}`,
    name: title,
    aside: status === "draft" ? t.draftKey({ key }) : key,
    icon: Gavel,
    run: () => navigate(here.pageUrl(`/decisions/${key}`)),
  }));
}

function projectEntries(here: WorkspaceHere, board: Board): Entry[] {
  return [...board.projects.values()].map(({ key, name }) => ({
    id: `project ${key}`,
    name,
    aside: key,
    icon: Folder,
    run: () => navigate(here.pageUrl(`/projects/${key}`)),
  }));
}

/** Open tasks stand before closed ones, and newer ones before older ones. */
function taskEntries(here: WorkspaceHere, board: Board): Entry[] {
  const newest = [...board.tasks.values()].reverse();
  const open = newest.filter(({ closed_at }) => !closed_at);
  const closed = newest.filter(({ closed_at }) => closed_at);
  return [...open, ...closed].map(({ key, title, closed_at }) => ({
    id: `task ${key}`,
    name: title,
    aside: closed_at ? t.closedKey({ key }) : key,
    icon: SquareCheck,
    run: () => navigate(here.pageUrl(`/tasks/${key}`)),
  }));
}

function people(here: WorkspaceHere, board: Board): Entry[] {
  const active = [...board.members.values()].filter(({ disabled_at }) => !disabled_at);
  return active.map(({ id, name, handle }) => ({
    id: `person ${id}`,
    name,
    aside: `@${handle}`,
    icon: User,
    run: () => navigate(here.pageUrl(`/board?assignee=${id}`)),
  }));
}

/** What the server finds in texts and is not there by its name, then the page of all of it. */
function hitEntries(
  here: WorkspaceHere,
  named: readonly Entry[],
  hits: readonly Hit[],
  text: string,
): Entry[] {
  const there = new Set(named.map(({ id }) => id));
  const found = hits
    .filter(({ kind, task }) => kind !== "task" || !there.has(`task ${task?.key}`))
    .filter(({ kind, decision }) => kind !== "decision" || !there.has(`decision ${decision?.key}`))
    .filter(({ kind, id }) => kind !== "reference" || !there.has(`reference ${id}`))
    .map((hit) => ({
      id: `hit ${hit.kind} ${hit.id}`,
      name: plainText(hit.excerpt.length > 0 ? hit.excerpt : hit.title),
      aside: hit.task?.key ?? plainText(hit.title),
      icon: FileSearch,
      run: () => navigate(here.pageUrl(hitPath(hit))),
    }));
  const all = {
    id: "search",
    name: t.searchEverything({ text }),
    icon: Search,
    run: () => navigate(here.pageUrl(`/search?q=${encodeURIComponent(text)}`)),
  };
  return [...found, all];
}
