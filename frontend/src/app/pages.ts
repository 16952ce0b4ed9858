/** Every page of a workspace. To add one, write `pages/<name>.tsx` and a line here. */

import {
  BookOpen,
  CalendarClock,
  Folder,
  Gavel,
  Handshake,
  Inbox,
  MessageSquare,
  Search,
  Settings,
  SquareKanban,
  type IconNode,
} from "lucide";
import common from "locale:common";
import t from "locale:shell";
import { type LazyPage, lazyPage } from "../parts/lazy/lazy";
import { match } from "../router/match";

export interface WorkspacePage extends LazyPage {
  /** The path pattern below `/w/{slug}`. */
  pattern: string;
  /** Its entry in the sidebar and the palette. */
  nav?: Nav;
}

interface Nav {
  name: () => string;
  icon: IconNode;
  /** The key after G. */
  letter?: string;
  place: "top" | "bottom";
  /** Whether guests don't see it. */
  team?: boolean;
  /** Whether it shows how many notices are unread or need me. */
  counts?: boolean;
}

const page = (pattern: string, load: Parameters<typeof lazyPage>[0], nav?: Nav): WorkspacePage => ({
  pattern,
  ...lazyPage(load),
  ...(nav ? { nav } : {}),
});

const top = (name: () => string, icon: IconNode, letter?: string): Nav => ({
  name,
  icon,
  place: "top",
  ...(letter ? { letter } : {}),
});
const bottom = (...nav: Parameters<typeof top>): Nav => ({ ...top(...nav), place: "bottom" });

/** G H is reserved for system health. */
export const PAGES: readonly WorkspacePage[] = [
  page("", () => import("../pages/today/today"), {
    ...top(() => t.today, Inbox, "t"),
    counts: true,
  }),
  page("/board", () => import("../pages/board/board"), top(() => t.board, SquareKanban, "b")),
  page("/direct", () => import("../pages/direct/direct"), top(() => t.direct, MessageSquare, "m")),
  page("/projects", () => import("../pages/projects/projects"), top(() => t.projects, Folder, "p")),
  page("/projects/:key", () => import("../pages/project/project")),
  page("/decisions", () => import("../pages/decisions/decisions"), top(() => t.decisions, Gavel, "d")),
  page("/decisions/:key", () => import("../pages/decision/decision")),
  page("/tasks/:key", () => import("../pages/task/task")),
  page("/topics/:id", () => import("../pages/topic/topic")),
  page("/search", () => import("../pages/search/search"), bottom(() => common.search, Search)),
  page("/references", () => import("../pages/references/references"), {
    ...bottom(() => t.references, BookOpen, "k"),
    team: true,
  }),
  page("/references/new", () => import("../pages/references/new-reference")),
  page("/references/:id", () => import("../pages/references/reference")),
  page("/team", () => import("../pages/team/team"), bottom(() => t.team, CalendarClock, "w")),
  page(
    "/agreement",
    () => import("../pages/agreement/agreement"),
    bottom(() => t.agreement, Handshake, "a"),
  ),
  page("/agreement/draft", () => import("../pages/agreement/draft")),
  page("/settings", () => import("../pages/settings/settings"), bottom(() => t.settings, Settings, "s")),
  page("/settings/:section", () => import("../pages/settings/settings")),
];

/** The page at a path below `/w/{slug}`, and the values of its pattern. */
export function pageAt(rest: string): [WorkspacePage, Record<string, string>] | null {
  for (const candidate of PAGES) {
    const values = match(candidate.pattern, rest.replace(/\/$/, ""));
    if (values) return [candidate, values];
  }
  return null;
}

/** `/w/acme/board` → `acme` and `/board`; null outside a workspace. */
export function inWorkspace(path: string): { slug: string; rest: string } | null {
  const found = /^\/w\/([^/]+)(\/.*)?$/.exec(path);
  return found?.[1] ? { slug: found[1], rest: found[2] ?? "" } : null;
}
