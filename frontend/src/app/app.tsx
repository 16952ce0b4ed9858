import type { ComponentChildren } from "preact";
import common from "locale:common";
import t from "locale:shell";
import { type Problem, requestIdOf } from "../api/problem";
import { passwordPrompt } from "../api/reauthentication";
import { AccountPage } from "../pages/account/account";
import { Home } from "../pages/home";
import { InvitePage } from "../pages/invite";
import { NewWorkspace } from "../pages/new-workspace";
import { NotFound } from "../pages/not-found";
import { Reset } from "../pages/reset";
import { Setup } from "../pages/setup";
import { SignIn } from "../pages/sign-in";
import { Announcer } from "../parts/ui/announce";
import { Notice } from "../parts/ui/notice";
import { Page } from "../parts/ui/page";
import { TopBar } from "./top-bar";
import { lazyPart } from "../parts/lazy/lazy";
import { match } from "../router/match";
import { inWorkspace } from "./pages";
import { path } from "../router/router";
import { Shell } from "./shell";
import { account, accountProblem, loadAccount } from "../session/session";

const Reauthentication = lazyPart(() => import("./reauthentication"));

/** Pages for anyone with the token of a link. */
const OPEN: Record<string, () => ComponentChildren> = {
  "/setup": () => <Setup />,
  "/invite": () => <InvitePage />,
  "/reset": () => <Reset />,
};

const SIGNED_IN: [string, (values: Record<string, string>) => ComponentChildren][] = [
  ["/", () => <Home />],
  ["/new", () => <NewWorkspace />],
  ["/account", () => <AccountPage />],
];

export function App() {
  return (
    <>
      <a class="skip button" href="#main">
        {t.skipToContent}
      </a>
      <CurrentPage />
      {passwordPrompt.value && <Reauthentication settle={passwordPrompt.value} />}
      <Announcer />
    </>
  );
}

function CurrentPage() {
  const here = inWorkspace(path.value);
  if (here && account.value) return <Shell key={here.slug} {...here} />;
  return (
    <>
      <TopBar />
      <AccountPages />
    </>
  );
}

/** The pages outside of workspaces. */
function AccountPages() {
  const open = OPEN[path.value];
  if (accountProblem.value) return <Unreachable problem={accountProblem.value} />;
  if (account.value === undefined) return <div class="page" />;
  if (open) return open();
  if (account.value === null) return <SignIn />;
  for (const [pattern, page] of SIGNED_IN) {
    const values = match(pattern, path.value);
    if (values) return page(values);
  }
  return <NotFound />;
}

function Unreachable({ problem }: { problem: Problem }) {
  return (
    <Page title="Dayline" narrow>
      <Notice kind="bad" lines={[problem.title]} requestId={requestIdOf(problem)}>
        <button class="button small" type="button" onClick={() => void loadAccount()}>
          {common.tryAgain}
        </button>
      </Notice>
    </Page>
  );
}
