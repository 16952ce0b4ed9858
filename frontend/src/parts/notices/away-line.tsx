import common from "locale:common";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { useLiveLoaded } from "../data/live-loaded";
import { localNow, timeWords } from "../time/times";
import { useAction } from "../ui/action";
import { Button } from "../ui/button";
import { RequestError } from "../ui/error-notice";
import { toast } from "../ui/toast";
import { comeBack } from "./away";

/** Says that I'm away and until when, and ends it. */
export function AwayLine() {
  const here = useWorkspace();
  const action = useAction();
  const path = "/api/workspaces/{workspace}/notices/settings";
  const params = here.pathParams();
  const loaded = useLiveLoaded(() => answer(api.GET(path, { params })), /^notice_settings\./);
  const { away_until: until, away_until_local: local } = loaded.data.value ?? {};
  const end = async () => {
    await comeBack(here);
    toast(common.awayEnded);
  };
  return (
    <>
      <div class="away-line">
        <p>
          <strong>
            {until && local
              ? common.awayUntil({ when: timeWords(local, localNow(until, local, minute.value)) })
              : common.awayUntilEnded}
          </strong>{" "}
          {common.awayMeans}
        </p>
        <Button small onClick={() => action.run(end)}>
          {common.endAway}
        </Button>
      </div>
      <RequestError of={action} />
    </>
  );
}
