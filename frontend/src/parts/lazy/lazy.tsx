import { useSignalEffect } from "@preact/signals";
import { type ComponentChildren, type ComponentType, h } from "preact";
import { useEffect } from "preact/hooks";
import common from "locale:common";
import { loadTexts } from "../../text/texts";
import { Boundary } from "../ui/boundary";
import { Button } from "../ui/button";
import { Skeleton } from "../ui/skeleton";
import { toast } from "../ui/toast";
import { Chunk, pauseOrReload, reloadWhereServed } from "./chunk";

type Values = Record<string, string>;

/** A lazily loaded page; `values` come from its address. */
type PageComponent = ComponentType<{ values: Values }>;

type Load = () => Promise<{ default: PageComponent }>;

export interface LazyPage {
  /** Load it before it is opened. */
  preload: () => void;
  render: (values: Values) => ComponentChildren;
}

/**
 * A page in its own chunk. If it can't be loaded, it says so and offers another try. If a newer
 * build no longer has it, that build is loaded once. Drafts are kept.
 */
export function lazyPage(load: Load): LazyPage {
  const chunk = new Chunk(load, { pause: pauseOrReload, complete: loadTexts });
  function Shown({ values }: { values: Values }) {
    useEffect(() => void chunk.need(), []);
    const page = chunk.loaded.value;
    if (page) return <Boundary what={common.thisPage} full>{h(page, { values })}</Boundary>;
    return chunk.hasFailed.value ? <ChunkError retry={chunk.need} /> : <PageSkeleton />;
  }
  const render = (values: Values) => <Shown key={Object.values(values).join("/")} values={values} />;
  return { preload: chunk.preload, render };
}

interface LazyPart<P> {
  (props: P): ComponentChildren;
  preload: () => void;
}

/**
 * A lazily loaded component. Until it is loaded, nothing is shown. If it has a name, such as a
 * dialog, a toast says when it can't be loaded.
 */
export function lazyPart<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
  name?: () => string,
): LazyPart<P> {
  const chunk = new Chunk(load, { complete: loadTexts });
  const need = () => void chunk.need();
  const Shown = (props: P) => {
    useEffect(need, []);
    useSignalEffect(() => {
      if (name && chunk.hasFailed.value) offerRetry(name(), need);
    });
    const part = chunk.loaded.value;
    return part && <Boundary what={name?.() ?? common.thisPart}>{h(part, props)}</Boundary>;
  };
  return Object.assign(Shown, { preload: chunk.preload });
}

function offerRetry(name: string, again: () => void): void {
  toast(common.couldNotLoad({ what: name }), {
    kind: "bad",
    action: { name: common.tryAgain, run: again },
  });
}

function PageSkeleton() {
  return (
    <main class="page" id="main">
      <Skeleton rows={6} />
    </main>
  );
}

function ChunkError({ retry }: { retry: () => Promise<void> }) {
  useEffect(() => {
    const again = () => void retry();
    void reloadWhereServed();
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [retry]);
  return (
    <main class="page" id="main">
      <h1>{common.pageNotLoaded}</h1>
      <p>{common.pageNotLoadedWhy}</p>
      <p class="form-end">
        <Button kind="primary" onClick={() => void retry()}>
          {common.tryAgain}
        </Button>
        <Button onClick={() => location.reload()}>{common.reload}</Button>
      </p>
    </main>
  );
}
