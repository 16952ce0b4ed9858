import t from "locale:shell";
import { useEffect } from "preact/hooks";
import { useInboxCount } from "../parts/notices/count";
import { titleCount } from "../parts/ui/window-title";

/** Browsers without app badges have none of these, whatever the types say. */
type Badges = Partial<Pick<Navigator, "setAppBadge" | "clearAppBadge">>;

/** Show how many notices are unread or need me, in the window's title and on the app's icon. */
export function useInboxBadge(isWall: boolean): void {
  const mine = useInboxCount();
  const count = isWall ? 0 : mine; // a screen on the wall is nobody's
  useEffect(() => show(count), [count]);
  useEffect(() => () => show(0), []);
}

function show(count: number): void {
  titleCount.value = count;
  const badges: Badges = navigator;
  const shown = count > 0 ? badges.setAppBadge?.(count) : badges.clearAppBadge?.();
  shown?.catch(() => undefined); // where no app is installed there is no icon
}

/** The same number beside a link. */
export function InboxCount() {
  const count = useInboxCount();
  if (count === 0) return null;
  return (
    <span class="inbox-count">
      <span aria-hidden="true">{count}</span>
      <span class="unseen">{t.inboxCount({ count })}</span>
    </span>
  );
}
