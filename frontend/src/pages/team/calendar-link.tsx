import { useSignal } from "@preact/signals";
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
  const made = useSignal<string | null>(null);
  const action = useAction();
  const make = async () => {
    made.value = (await answer(api.PUT(LINK, { params }))).url;
    await link.reload();
  };
  const end = async () => {
    await answer(api.DELETE(LINK, { params }));
    made.value = null;
    announce("The link has ended");
    await link.reload();
  };
  const since = link.data.value?.created_at;
  return (
    <Panel title="Your hours in a calendar program">
      <div class="panel-body calendar-link">
        <p class="quiet">
          A secret address that calendar programs subscribe to. Whoever has it sees when you work,
          are in focus and are off, never why.
        </p>
        <RequestError of={link} />
        <RequestError of={action} />
        {made.value && (
          <OneTimeSecret label="Address" value={made.value} note="It is shown this one time." />
        )}
        <div class="form-end">
          <Button small onClick={() => action.run(make)}>
            {since ? "Make a new one" : "Make the address"}
          </Button>
          {since && (
            <>
              <Button small kind="danger" onClick={() => action.run(end)}>
                End it
              </Button>
              <span class="quiet">Made {fromNow(since)}. A new one ends the one before.</span>
            </>
          )}
        </div>
      </div>
    </Panel>
  );
}
