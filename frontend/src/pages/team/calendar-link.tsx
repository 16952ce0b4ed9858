import { useSignal } from "@preact/signals";
import t from "locale:team";
import { answer, api } from "../../api/client";
import { useWorkspace } from "../../live/workspace";
import { announce } from "../../parts/ui/announce";
import { Button } from "../../parts/ui/button";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { useLoaded } from "../../parts/data/loaded";
import { Panel } from "../../parts/ui/panel";
import { OneTimeSecret } from "../../parts/ui/one-time-secret";
import { fromNow } from "../../parts/time/relative-time";

const LINK = "/api/workspaces/{workspace}/me/calendar-link";

/** A private link by which calendar apps follow my hours. */
export function CalendarLink() {
  const here = useWorkspace();
  const params = here.pathParams();
  const link = useLoaded(() => answer(api.GET(LINK, { params })), [here]);
  const created = useSignal<string | null>(null);
  const action = useAction();
  const create = async () => {
    created.value = (await answer(api.PUT(LINK, { params }))).url;
    await link.reload();
  };
  const revoke = async () => {
    await answer(api.DELETE(LINK, { params }));
    created.value = null;
    announce(t.linkRevoked);
    await link.reload();
  };
  const since = link.data.value?.created_at;
  return (
    <Panel title={t.calendarApp}>
      <div class="panel-body calendar-link">
        <p class="quiet">{t.calendarLinkMeans}</p>
        <RequestError of={link} />
        <RequestError of={action} />
        {created.value && (
          <OneTimeSecret
            label={t.calendarLink}
            value={created.value}
            note={t.calendarLinkShownOnce}
          />
        )}
        <div class="form-end">
          <Button small onClick={() => action.run(create)}>
            {since ? t.createNewLink : t.createLink}
          </Button>
          {since && (
            <>
              <Button small kind="danger" onClick={() => action.run(revoke)}>
                {t.revokeLink}
              </Button>
              <span class="quiet">{t.linkCreated({ ago: fromNow(since) })}</span>
            </>
          )}
        </div>
      </div>
    </Panel>
  );
}
