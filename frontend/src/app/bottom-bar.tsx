import { useSignal, useSignalEffect } from "@preact/signals";
import { Menu as MenuIcon, Search } from "lucide";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import common from "locale:common";
import t from "locale:shell";
import { useWorkspace } from "../live/workspace";
import { Icon } from "../parts/ui/icon";
import { Modal } from "../parts/ui/modal";
import { InboxCount } from "./inbox-badge";
import { PAGES } from "./pages";
import { path } from "../router/router";
import { isAt, SideContent } from "./side-nav";

interface Props {
  rest: string;
  search: () => void;
  help: () => void;
}

const MOST = 3;

/** The navigation on phones: the first pages, the palette, and a drawer with the rest. */
export function BottomBar({ rest, search, help }: Props) {
  const here = useWorkspace();
  const isOpen = useSignal(false);
  const first = PAGES.filter(({ nav }) => nav?.place === "top").slice(0, MOST);
  return (
    <>
      <nav class="bottom-bar" aria-label={t.mainPages}>
        {first.map(({ pattern, nav }) => (
          <a
            key={pattern}
            href={here.pageUrl(pattern)}
            aria-current={isAt(rest, pattern) ? "page" : undefined}
          >
            {nav && <Icon of={nav.icon} size={20} />}
            {nav?.name()}
            {nav?.counts && <InboxCount />}
          </a>
        ))}
        <button type="button" onClick={search}>
          <Icon of={Search} size={20} />
          {common.search}
        </button>
        <button type="button" aria-haspopup="dialog" onClick={() => (isOpen.value = true)}>
          <Icon of={MenuIcon} size={20} />
          {common.more}
        </button>
      </nav>
      {isOpen.value && (
        <Drawer close={() => (isOpen.value = false)}>
          <SideContent rest={rest} search={search} help={help} />
        </Drawer>
      )}
    </>
  );
}

function Drawer({ close, children }: { close: () => void; children: ComponentChildren }) {
  const opened = useRef(path.value);
  useSignalEffect(() => {
    if (path.value !== opened.current) close();
  });
  return (
    <Modal class="drawer" aria-label={t.menu} close={close} closesOutside>
      {() => children}
    </Modal>
  );
}
