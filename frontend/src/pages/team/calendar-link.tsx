import { useSignal } from "@preact/signals";
import { answer, api } from "../../api/client";
import { useWorkspace } from "../../live/workspace";
import { announce } from "../../parts/ui/announce";
import { Button } from "../../parts/ui/button";
import { useDeed } from "../../parts/ui/action";
import { Failed } from "../../parts/ui/failed";
import { useLoaded } from "../../parts/data/loaded";
import { Panel } from "../../parts/ui/panel";
import { ShownOnce } from "../../parts/ui/one-time-secret";
import { fromNow } from "../../parts/time/relative-time";

const LINK = "/api/workspaces/{workspace}/me/calendar-link";

/** The secret address by which calendar programs follow my hours: made, shown once, ended. */
export function CalendarLink() {
  const here = useWorkspace();
  const params = here.path();
  const link = useLoaded(() => answer(api.GET(LINK, { params })), [here]);
  const made = useSignal<string | null>(null);
  const deed = useDeed();
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
        <Failed of={link} />
        <Failed of={deed} />
        {made.value && (
          <ShownOnce label="Address" value={made.value} note="It is shown this one time." />
        )}
        <div class="form-end">
          <Button small onClick={() => deed.run(make)}>
            {since ? "Make a new one" : "Make the address"}
          </Button>
          {since && (
            <>
              <Button small kind="danger" onClick={() => deed.run(end)}>
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
