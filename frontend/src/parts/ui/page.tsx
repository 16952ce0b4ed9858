import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { hasNavigated } from "../../router/router";
import { type Rename, Title } from "./title";

interface Props {
  title: string;
  /** Under the title. */
  lead?: ComponentChildren;
  /** At the title's side. */
  aside?: ComponentChildren;
  /** The title can be changed in place. */
  rename?: Rename | undefined;
  narrow?: boolean;
  /** It takes the whole width and height, and scrolls inside. */
  full?: boolean;
  children: ComponentChildren;
}

/** A page: its title is the window's, and has the focus after a move inside the app. */
export function Page({ title, lead, aside, rename, narrow, full, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title === "Dayline" ? title : `${title} · Dayline`;
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
