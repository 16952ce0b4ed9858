import t from "locale:shell";
import { account } from "../session/session";
import { SignOutDialog, signOutOrAsk } from "./sign-out";
import { useAction } from "../parts/ui/action";
import { RequestError } from "../parts/ui/error-notice";

/** The bar at the top of pages outside of workspaces. */
export function TopBar() {
  const me = account.value;
  const signingOut = useAction();
  return (
    <header>
      <div class="top">
        <a class="brand" href="/">
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M3 12a7 7 0 0 1 14 0zM1 14h18v1.5H1z" />
          </svg>
          Dayline
        </a>
        {me && (
          <nav class="top-end" aria-label={t.account}>
            <a href="/account">{me.name}</a>
            <button class="button small" type="button" onClick={() => signingOut.run(signOutOrAsk)}>
              {t.signOut}
            </button>
          </nav>
        )}
      </div>
      <RequestError of={signingOut} />
      <SignOutDialog />
    </header>
  );
}
