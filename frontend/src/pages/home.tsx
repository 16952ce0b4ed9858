import { useEffect } from "preact/hooks";
import t from "locale:entry";
import { answer, api } from "../api/client";
import { navigate } from "../router/router";
import { account, type Membership } from "../session/session";
import { RequestError } from "../parts/ui/error-notice";
import { useLoaded } from "../parts/data/loaded";
import { NewWorkspaceLink } from "../parts/ui/new-workspace-link";
import { Page } from "../parts/ui/page";

/** My workspaces. With only one, it opens that. */
export function Home() {
  const workspaces = useLoaded(() => answer(api.GET("/api/workspaces")));
  const found = workspaces.data.value;
  const founder = account.value?.founder_at != null;
  const onward = found && whereTo(found, founder);
  useEffect(() => {
    if (onward) navigate(onward, { replace: true });
  }, [onward]);
  if (!found || onward) {
    return (
      <Page title="Dayline">
        <RequestError of={workspaces} />
      </Page>
    );
  }
  return (
    <Page title={t.yourWorkspaces} aside={founder && <NewWorkspaceLink />}>
      {found.length === 0 ? (
        <p>{t.noWorkspace({ email: account.value?.email })}</p>
      ) : (
        <ul class="panel rows">
          {found.map((workspace) => (
            <li key={workspace.workspace_id}>
              <a class="main" href={`/w/${workspace.slug}`}>
                {workspace.name}
              </a>
              <span class="quiet">{t.role({ role: workspace.role })}</span>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function whereTo(found: readonly Membership[], founder: boolean): string | null {
  const [first, ...more] = found;
  if (first && more.length === 0) return `/w/${first.slug}`;
  return !first && founder ? "/new" : null;
}
