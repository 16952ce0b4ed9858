/** Which build of the pages the server has, and loading it. */

const RELOADED = "dayline:reloaded-for";
const SCRIPT = /src="([^"]+\.js)"/;

/** A file of this build that every page loads; its name changes with each build. */
const OWN = new URL(import.meta.url).pathname;

export interface Build {
  /** The file that it begins with. */
  script: string;
  /** Whether it is another one than this. */
  isNewer: boolean;
}

/** The build that the server has; null while it is away. */
export async function servedBuild(): Promise<Build | null> {
  if (!import.meta.env.PROD) return null;
  try {
    const response = await fetch("/", { cache: "no-store" });
    const page = await response.text();
    const script = SCRIPT.exec(page)?.[1];
    return response.ok && script ? { script, isNewer: !page.includes(OWN) } : null;
  } catch {
    return null;
  }
}

/** Reload the page, once for each build: one that stays broken ends in no loop. */
export function reloadOnce({ script }: Build): void {
  if (sessionStorage.getItem(RELOADED) === script) return;
  sessionStorage.setItem(RELOADED, script);
  location.reload();
}
