import t from "locale:account";

const BROWSERS: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** What a browser said that it is, in two words; what we do not know stays as it was said. */
export function browserOf(userAgent: string): string {
  const known = (list: [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent))?.[1];
  const browser = known(BROWSERS);
  const system = known(SYSTEMS);
  if (!browser) return userAgent.slice(0, 60) || t.unknownBrowser;
  return system ? t.browserOnSystem({ browser, system }) : browser;
}
