import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import {
  BookOpen,
  Gavel,
  Keyboard,
  MessageSquarePlus,
  Plus,
  Search as SearchIcon,
} from "lucide";
import common from "locale:common";
import t from "locale:shell";
import { type Command, useCommands } from "../keys/commands";
import type { Board } from "../live/documents";
import { type WorkspaceHere, useBoard, useMe, useOpenWorkspace, WorkspaceProvider } from "../live/workspace";
import { ConnectionStrip } from "./connection-strip";
import { Skeleton } from "../parts/ui/skeleton";
import { Toasts, undoLast } from "../parts/ui/toast";
import {
  type ExplanationPlace,
  openExplanation,
  openMessage,
  openNewTask,
  openProposal,
} from "../parts/ui/open-dialog";
import { Dialogs, preloadDialogs } from "../dialogs/dialogs";
import { NotFound } from "../pages/not-found";
import { lazyPart } from "../parts/lazy/lazy";
import { BottomBar } from "./bottom-bar";
import { useInboxBadge } from "./inbox-badge";
import { pageAt, PAGES } from "./pages";
import { navigate, path, query } from "../router/router";
import { account } from "../session/session";
import { followLanguage } from "../text/language";
import { SideNav } from "./side-nav";
import { SignOutDialog } from "./sign-out";

type Overlay = "palette" | "help" | null;

const Palette = lazyPart(() => import("./palette"), () => common.search);
const AgreementStrip = lazyPart(() => import("./agreement-strip"));
const Help = lazyPart(() => import("./help"), () => t.keyboardShortcuts);

/** The frame of a workspace: navigation, strips, and the page at `rest`. */
export function Shell({ slug, rest }: { slug: string; rest: string }) {
  const here = useOpenWorkspace(slug, account.value?.id ?? "");
  const { live } = here;
  if (live.status.value === "gone") return <NotFound />;
  return (
    <WorkspaceProvider value={here}>
      {live.board.value ? <Frame here={here} rest={rest} /> : <Opening here={here} />}
    </WorkspaceProvider>
  );
}

function Opening({ here }: { here: WorkspaceHere }) {
  return (
    <div class="shell">
      <div class="side" />
      <div class="shell-main">
        <ConnectionStrip live={here.live} />
        <main class="page" id="main">
          <Skeleton rows={6} />
        </main>
      </div>
    </div>
  );
}

function Frame({ here, rest }: { here: WorkspaceHere; rest: string }) {
  const overlay = useSignal<Overlay>(null);
  const close = () => (overlay.value = null);
  const show = (which: Overlay) => () => (overlay.value = which);
  const isGuest = useMe().role === "guest";
  const commands: Command[] = [
    ...pageCommands(here, isGuest),
    {
      name: t.searchAndCommands,
      keys: ["$mod+k", "/"],
      group: t.anywhere,
      run: show("palette"),
      icon: SearchIcon,
      hidden: true,
      typing: true,
    },
    { name: t.newTask, keys: ["c"], group: t.anywhere, run: newTaskHere, icon: Plus },
    {
      name: t.newMessage,
      keys: ["m"],
      group: t.anywhere,
      run: () => openMessage(),
      icon: MessageSquarePlus,
    },
    ...(isGuest ? [] : [proposeCommand(), explainCommand(here)]),
    {
      name: t.keyboardShortcuts,
      keys: ["?", "Shift+?"],
      group: t.anywhere,
      run: show("help"),
      icon: Keyboard,
    },
    { name: common.undo, keys: ["$mod+z"], group: t.anywhere, run: undoLast, hidden: true },
  ];
  useCommands(commands, "app");
  useEffect(preloadWhenIdle, []);
  const { language } = useBoard().workspace;
  useEffect(() => followLanguage(account.value?.language, language), [language]);
  useInboxBadge(query.value.has("wall"));
  const found = pageAt(rest);
  const page = found ? found[0].render(found[1]) : <NotFound />;
  if (query.value.has("wall")) return <div class="wall">{page}</div>;
  return (
    <div class="shell">
      <SideNav rest={rest} search={show("palette")} help={show("help")} />
      <div class="shell-main">
        <ConnectionStrip live={here.live} outbox={here.outbox} />
        <AgreementStrip rest={rest} />
        {page}
      </div>
      <BottomBar rest={rest} search={show("palette")} help={show("help")} />
      {overlay.value === "palette" && <Palette close={close} />}
      {overlay.value === "help" && <Help close={close} />}
      <Dialogs />
      <SignOutDialog />
      <Toasts />
    </div>
  );
}

function pageCommands(here: WorkspaceHere, isGuest: boolean): Command[] {
  return PAGES.flatMap(({ pattern, nav }) => {
    if (!nav || (isGuest && nav.team)) return [];
    const { icon, letter } = nav;
    const name = t.goToPage({ page: nav.name() });
    const run = () => navigate(here.pageUrl(pattern));
    return { name, keys: letter ? [`g ${letter}`] : [], group: t.goTo, run, icon };
  });
}

const proposeCommand = (): Command => ({
  name: t.proposeDecision,
  keys: ["d"],
  group: t.anywhere,
  run: () => openProposal(projectHere()),
  icon: Gavel,
});

const explainCommand = ({ live }: WorkspaceHere): Command => ({
  name: t.logExplanation,
  keys: ["e"],
  group: t.anywhere,
  run: () => openExplanation(currentPlace(live.board.peek())),
  icon: BookOpen,
});

const newTaskHere = () => openNewTask(projectHere());

/** The project of the open page or filter. */
function projectHere(): { project?: string } {
  const filtered = query.peek().getAll("project");
  const project = /\/projects\/([^/]+)/.exec(path.peek())?.[1] ?? (filtered[1] ? "" : filtered[0]);
  return project ? { project } : {};
}

/** What the open page is about: where an explanation is noted. */
function currentPlace(board: Board | null): ExplanationPlace | null {
  const [, kind, key = ""] = /\/(tasks|topics|projects)\/([^/]+)/.exec(path.peek()) ?? [];
  if (!board || !kind) return null;
  if (kind === "tasks") {
    const task = [...board.tasks.values()].find((each) => each.key === key);
    return task ? { name: `${task.key} ${task.title}`, at: { topic_id: task.topic_id } } : null;
  }
  if (kind === "topics") {
    const topic = board.topics.get(key);
    return topic ? { name: topic.title, at: { topic_id: topic.id } } : null;
  }
  const project = [...board.projects.values()].find((each) => each.key === key);
  return project ? { name: project.name, at: { project: project.key } } : null;
}

/** Fetch pages and dialogs while the browser is idle, before they are opened. */
function preloadWhenIdle(): void {
  const preload = () => {
    for (const { preload: fetchPage } of PAGES) fetchPage();
    Palette.preload();
    preloadDialogs();
  };
  const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 2000));
  idle(preload);
}
