import { signal } from "@preact/signals";
import { type ComponentChildren, type ComponentType, h } from "preact";
import { Skeleton } from "../parts/skeleton";

type Values = Record<string, string>;

/** A page that is fetched when it is first shown; `values` are those of its address. */
export type PageComponent = ComponentType<{ values: Values }>;

type Load = () => Promise<{ default: PageComponent }>;

export interface LazyPage {
  /** Fetch it before it is asked for. */
  preload: () => void;
  render: (values: Values) => ComponentChildren;
}

/** A page in a chunk of its own. One that cannot be fetched says so and offers another try. */
export function lazyPage(load: Load): LazyPage {
  const page = signal<PageComponent | null>(null);
  const failed = signal(false);
  let fetching: Promise<void> | null = null;
  const preload = () => {
    fetching ??= load().then(
      (module) => {
        page.value = module.default;
      },
      () => {
        failed.value = true;
      },
    );
  };
  function Shown({ values }: { values: Values }) {
    preload();
    if (page.value) return <page.value values={values} />;
    return failed.value ? <NotFetched /> : <Waiting />;
  }
  return { preload, render: (values) => <Shown key={Object.values(values).join("/")} values={values} /> };
}

interface LazyPart<P> {
  (props: P): ComponentChildren;
  preload: () => void;
}

/** A part that is fetched when it is first shown; nothing stands in its place until then. */
export function lazyPart<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
): LazyPart<P> {
  const part = signal<ComponentType<P> | null>(null);
  let fetching: Promise<void> | null = null;
  const preload = () => {
    fetching ??= load().then(
      (module) => {
        part.value = module.default;
      },
      () => {
        fetching = null;
      },
    );
  };
  const Shown = (props: P) => {
    preload();
    return part.value ? h(part.value, props as P & object) : null;
  };
  return Object.assign(Shown, { preload });
}

function Waiting() {
  return (
    <main class="page" id="main">
      <Skeleton rows={6} />
    </main>
  );
}

/** A reload fetches the page that a newer server has, if that is why. */
function NotFetched() {
  return (
    <main class="page" id="main">
      <h1>This page could not be fetched</h1>
      <p>The server was away, or has a newer version. What you typed elsewhere is kept.</p>
      <p>
        <button class="button primary" type="button" onClick={() => location.reload()}>
          Reload
        </button>
      </p>
    </main>
  );
}
