import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { hasNavigated } from "../../router/router";
import { type Rename, Title } from "./title";
import { setWindowTitle } from "./window-title";

interface Props {
  title: string;
  /** Under the title. */
  lead?: ComponentChildren;
  /** At the title's side. */
  aside?: ComponentChildren;
  /** Renames the page's subject; without it the title can't be edited. */
  rename?: Rename | undefined;
  narrow?: boolean;
  /** Whether it takes the whole width and height and scrolls inside. */
  full?: boolean;
  children: ComponentChildren;
}

/** The frame of a page. Its title is also the window's, and gets the focus after navigation. */
export function Page({ title, lead, aside, rename, narrow, full, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    setWindowTitle(title);
  }, [title]);
  useEffect(() => {
    if (hasNavigated.peek()) heading.current?.focus();
  }, []);
  return (
    <main class={`page ${narrow ? "narrow" : ""} ${full ? "full" : ""}`} id="main">
      <div class="page-head">
        <div>
          <Title title={title} heading={heading} rename={rename} />
          {lead && <p class="quiet">{lead}</p>}
        </div>
        {aside}
      </div>
      {children}
    </main>
  );
}
