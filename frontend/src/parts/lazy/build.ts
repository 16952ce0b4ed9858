/** Detects and loads a newer build of the pages. */

const RELOADED = "dayline:reloaded-for";
const SCRIPT = /src="([^"]+\.js)"/;

/** The entry script of this build. Its name changes with each build. */
const ownScript = (): string => new URL(document.querySelector("script")?.src ?? "").pathname;

interface Build {
  /** The entry script. */
  script: string;
  /** Whether it is another build than this one. */
  isNewer: boolean;
}

/** The build that the server has; null if it can't be reached. */
export async function servedBuild(): Promise<Build | null> {
  if (!import.meta.env.PROD) return null;
  try {
    const response = await fetch("/", { cache: "no-store" });
    const page = await response.text();
    const script = SCRIPT.exec(page)?.[1];
    return response.ok && script ? { script, isNewer: script !== ownScript() } : null;
  } catch {
    return null;
  }
}

/** Reload the page, once for each build, so that a broken build causes no loop. */
export function reloadOnce({ script }: Build): void {
  if (sessionStorage.getItem(RELOADED) === script) return;
  sessionStorage.setItem(RELOADED, script);
  location.reload();
}
