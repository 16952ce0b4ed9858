import t from "locale:account";

/** Browsers by name. The first whose sign is in the user agent is the one. */
const BROWSERS = {
  Edge: /Edg\//,
  Opera: /OPR\//,
  Firefox: /Firefox\//,
  Chrome: /Chrom(e|ium)\//,
  Safari: /Safari\//,
};

const SYSTEMS = {
  iOS: /iPhone|iPad/,
  Android: /Android/,
  Windows: /Windows/,
  macOS: /Mac OS X/,
  Linux: /Linux/,
};

/** A browser's name in a few words, from its user agent. An unknown one is shown as it was sent. */
export function browserOf(userAgent: string): string {
  const known = (signs: Record<string, RegExp>) =>
    Object.entries(signs).find(([, sign]) => sign.test(userAgent))?.[0];
  const browser = known(BROWSERS);
  const system = known(SYSTEMS);
  if (!browser) return userAgent.slice(0, 60) || t.unknownBrowser;
  return system ? t.browserOnSystem({ browser, system }) : browser;
}
