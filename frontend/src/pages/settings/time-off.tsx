import { useSignal } from "@preact/signals";
import { answer, api } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { useAction } from "../../parts/ui/action";
import { Dialog } from "../../parts/ui/dialog";
import { Empty } from "../../parts/ui/empty";
import { RequestError } from "../../parts/ui/error-notice";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Panel } from "../../parts/ui/panel";
import { dateWords } from "../../parts/time/times";
import { toast } from "../../parts/ui/toast";
import { useMyToday } from "./my-calendar";
import { type TimeOff, TimeOffForm } from "./time-off-form";
import { LoadStatus } from "../../parts/data/load-status";

const LIST = "/api/workspaces/{workspace}/members/{member_id}/time-off";
const ONE = "/api/workspaces/{workspace}/members/{member_id}/time-off/{time_off_id}";

/** When I am away, and who is asked instead of me. */
export function TimeOffSection() {
  const here = useWorkspace();
  const { me, members } = useBoard();
  const { member_id } = me;
  const today = useMyToday();
  const editing = useSignal<TimeOff | "new" | null>(null);
  const action = useAction();
  const params = { ...here.pathParams({ member_id }), query: today ? { since: today } : {} };
  const read = useLiveLoaded(() => answer(api.GET(LIST, { params })), /^calendar/, [member_id, today]);
  const remove = async ({ id }: TimeOff) => {
    await answer(api.DELETE(ONE, { params: here.pathParams({ member_id, time_off_id: id }) }));
    toast("Taken back; running asks follow");
    await read.reload();
  };
  const held = read.data.value;
  return (
    <Panel
      title="Time off"
      aside={<Button onClick={() => (editing.value = "new")}>Take time off</Button>}
    >
      <LoadStatus of={read} rows={1} />
      <RequestError of={action} />
      {held?.length === 0 && (
        <Empty title="No time off ahead.">While you are off, no clock of yours runs.</Empty>
      )}
      <ul class="rows" aria-label="Time off">
        {held?.map((off) => (
          <li key={off.id}>
            <span class="main">
              {spanWords(off)}
              <span class="quiet row-more">
                {[off.reason, off.cover_id && `${members.get(off.cover_id)?.name ?? "Somebody"} covers`]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            <Button small onClick={() => (editing.value = off)}>
              Edit
            </Button>
            <Button
              small
              kind="quiet"
              aria-label={`Take back ${spanWords(off)}`}
              onClick={() => action.run(() => remove(off))}
            >
              Take back
            </Button>
          </li>
        ))}
      </ul>
      {editing.value && (
        <Dialog
          title={editing.value === "new" ? "Take time off" : "Time off"}
          close={() => (editing.value = null)}
        >
          <TimeOffForm
            off={editing.value === "new" ? null : editing.value}
            today={today}
            saved={async () => {
              editing.value = null;
              await read.reload();
            }}
          />
        </Dialog>
      )}
    </Panel>
  );
}

/** `Mon 18 May 2026 – Fri 22 May 2026`, `Mon 18 May 2026 13:00–15:00`. */
function spanWords({ starts_on, ends_on, starts_time, ends_time }: TimeOff): string {
  const [first, last] = [dateWords(starts_on, "0"), dateWords(ends_on, "0")];
  if (!starts_time || !ends_time) return first === last ? first : `${first} – ${last}`;
  return first === last
    ? `${first} ${starts_time}–${ends_time}`
    : `${first} ${starts_time} – ${last} ${ends_time}`;
}
