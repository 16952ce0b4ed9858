import {
  ChevronsUpDown,
  Keyboard,
  LogOut,
  Monitor,
  Moon,
  Plus,
  Search,
  Sun,
  User,
} from "lucide";
import type { ComponentChildren } from "preact";
import common from "locale:common";
import t from "locale:shell";
import { answer, api } from "../api/client";
import type { Project } from "../live/documents";
import { useMe, useWorkspace } from "../live/workspace";
import { Avatar } from "../parts/people/avatar";
import { conditionWords } from "../parts/data/project-condition";
import { useAction } from "../parts/ui/action";
import { RequestError } from "../parts/ui/error-notice";
import { Icon } from "../parts/ui/icon";
import { KeyHint } from "../parts/ui/key-hint";
import { useLoaded } from "../parts/data/loaded";
import { Menu, type MenuItem } from "../parts/ui/menu";
import { InboxCount } from "./inbox-badge";
import { PAGES } from "./pages";
import { account } from "../session/session";
import { signOutOrAsk } from "./sign-out";
import { setTheme, theme, type Theme } from "../session/theme";

interface Props {
  /** The path below the workspace's address. */
  rest: string;
  search: () => void;
  help: () => void;
}

/** The sidebar with the navigation. */
export function SideNav(props: Props) {
  return (
    <div class="side">
      <SideContent {...props} />
    </div>
  );
}

/** The content of the sidebar, which narrow screens show in a drawer. */
export function SideContent({ rest, search, help }: Props) {
  return (
    <>
      <WorkspaceMenu />
      <button type="button" class="side-search" onClick={search}>
        <Icon of={Search} />
        <span class="grow">{t.searchOrJump}</span>
        <KeyHint keys="$mod+k" />
      </button>
      <nav class="side-nav" aria-label={t.workspace}>
        <Links place="top" rest={rest} />
        <Projects rest={rest} />
        <div class="side-bottom">
          <Links place="bottom" rest={rest} />
        </div>
      </nav>
      <MyMenu help={help} />
    </>
  );
}

function Links({ place, rest }: { place: "top" | "bottom"; rest: string }) {
  const here = useWorkspace();
  const isGuest = useMe().role === "guest";
  return (
    <ul>
      {PAGES.map(({ pattern, nav }) =>
        nav?.place !== place || (isGuest && nav.team) ? null : (
          <li key={pattern}>
            <a
              class="side-link"
              href={here.pageUrl(pattern)}
              aria-current={isAt(rest, pattern) ? "page" : undefined}
            >
              <Icon of={nav.icon} />
              <span class="grow">{nav.name()}</span>
              {nav.counts && <InboxCount />}
              {nav.letter && <KeyHint keys={`g ${nav.letter}`} />}
            </a>
          </li>
        ),
      )}
    </ul>
  );
}

export function isAt(rest: string, pattern: string): boolean {
  const plain = rest.replace(/\/$/, "");
  return pattern === "" || pattern === "/projects"
    ? plain === pattern
    : plain === pattern || plain.startsWith(`${pattern}/`);
}

const byName = (a: Project, b: Project) => a.name.localeCompare(b.name);

function Projects({ rest }: { rest: string }) {
  const here = useWorkspace();
  const all = [...here.live.list("projects").value.values()];
  const open = all.filter(({ archived_at }) => !archived_at).sort(byName);
  if (open.length === 0) return null;
  return (
    <ul class="side-projects" aria-label={t.projects}>
      {open.map(({ id, key, name, condition }) => (
        <li key={id}>
          <a
            class="side-link"
            href={here.pageUrl(`/projects/${key}`)}
            aria-current={isAt(rest, `/projects/${key}`) ? "page" : undefined}
          >
            <span class={`condition-mark ${condition ?? "none"}`} title={conditionWords(condition)} />
            <span class="grow ellipsis">{name}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** A menu of my workspaces. */
function WorkspaceMenu() {
  const here = useWorkspace();
  const name = here.live.board.value?.workspace.name ?? "";
  const workspaces = useLoaded(() => answer(api.GET("/api/workspaces")));
  const items: MenuItem[] = (workspaces.data.value ?? []).map((other) => ({
    name: other.name,
    href: `/w/${other.slug}`,
    checked: other.slug === here.slug,
  }));
  if (account.value?.founder_at) items.push({ name: common.newWorkspace, href: "/new", icon: Plus });
  return (
    <Menu label={t.workspaces} class="side-head" items={items}>
      <span class="brand-mark" aria-hidden="true">
        <svg viewBox="0 0 20 20">
          <path d="M3 12a7 7 0 0 1 14 0zM1 14h18v1.5H1z" />
        </svg>
      </span>
      <span class="grow ellipsis">{t.workspaceNamed({ name, label: unseen })}</span>
      <Icon of={ChevronsUpDown} size={14} />
    </Menu>
  );
}

const unseen = (text: ComponentChildren) => <span class="unseen">{text}</span>;

const LOOKS: [Theme, () => string, typeof Sun][] = [
  ["light", () => t.lightTheme, Sun],
  ["dark", () => t.darkTheme, Moon],
  ["system", () => t.systemTheme, Monitor],
];

/** A menu with my account, theme and sign-out. */
function MyMenu({ help }: { help: () => void }) {
  const me = useMe();
  const signingOut = useAction();
  const looks: MenuItem[] = LOOKS.map(([look, name, icon]) => ({
    name: name(),
    icon,
    checked: theme.value === look,
    run: () => setTheme(look),
  }));
  return (
    <>
      <RequestError of={signingOut} />
      <Menu
        label={common.you}
        class="side-link side-me"
        items={[
          { name: t.yourAccount, icon: User, href: "/account" },
          { name: t.keyboardShortcuts, icon: Keyboard, run: help },
          "line",
          ...looks,
          "line",
          { name: t.signOut, icon: LogOut, run: () => signingOut.run(signOutOrAsk) },
        ]}
      >
        <Avatar of={me} size={24} />
        <span class="grow ellipsis">{t.youNamed({ name: me.name, label: unseen })}</span>
        <Icon of={ChevronsUpDown} size={14} />
      </Menu>
    </>
  );
}
