/** Whether the server has a newer build of the pages than the one that runs here. */

const RELOADED = "dayline:reloaded-for";

/** The file of this build that every page loads; its name changes with each build. */
const OWN = new URL(import.meta.url).pathname;

const SCRIPT = /src="([^"]+\.js)"/;

/** The file of the newer build. */
let newer: string | null = null;

/** Ask the server which build it serves. While it is away, this one is the newest known. */
export async function isOutdated(): Promise<boolean> {
  if (!import.meta.env.PROD) return false;
  try {
    const response = await fetch("/", { cache: "no-store" });
    const page = await response.text();
    const script = SCRIPT.exec(page)?.[1];
    newer = response.ok && script && !page.includes(OWN) ? script : null;
  } catch {
    newer = null;
  }
  return newer !== null;
}

/** Load the newer build, once for each: a server that cannot make up its mind ends in no loop. */
export function reloadOnce(): void {
  if (newer === null || sessionStorage.getItem(RELOADED) === newer) return;
  sessionStorage.setItem(RELOADED, newer);
  location.reload();
}
