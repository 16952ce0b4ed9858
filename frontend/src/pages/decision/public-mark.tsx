import { useSignal } from "@preact/signals";
import { Eye, EyeOff } from "lucide";
import t from "locale:decision";
import { answer, api, ifMatch } from "../../api/client";
import { useBoard, useMe, useWorkspace } from "../../live/workspace";
import { Confirm } from "../../parts/ui/confirm";
import { Fact } from "../../parts/ui/facts";
import { Icon } from "../../parts/ui/icon";
import { toast } from "../../parts/ui/toast";
import { list } from "../../text/format";
import { canEditDecision } from "./change";
import { type DecisionProps, ONE } from "./data";

/** Whether the project's guests may read it. Guests are not told that others do. */
export function PublicMark({ decision }: DecisionProps) {
  const board = useBoard();
  const me = useMe();
  const isAsking = useSignal(false);
  const { is_public } = decision;
  if (me.role === "guest") return null;
  return (
    <>
      <Fact name={t.guests}>
        <button
          type="button"
          class="fact-button"
          disabled={!canEditDecision(board, decision)}
          onClick={() => (isAsking.value = true)}
        >
          <Icon of={is_public ? Eye : EyeOff} />
          {is_public ? t.visibleToGuests : t.hiddenFromGuests}
        </button>
      </Fact>
      {isAsking.value && <MarkDialog decision={decision} close={() => (isAsking.value = false)} />}
    </>
  );
}

/** Says who will read it, or will no longer, before it is marked. */
function MarkDialog({ decision, close }: DecisionProps & { close: () => void }) {
  const here = useWorkspace();
  const { key, rev, is_public } = decision;
  const mark = async () => {
    const params = { ...here.pathParams({ key }), header: ifMatch(rev) };
    await answer(api.PATCH(ONE, { params, body: { is_public: !is_public } }));
    toast(is_public ? t.hidden({ key }) : t.shown({ key }));
  };
  return (
    <Confirm
      title={is_public ? t.hideFromGuests({ key }) : t.showToGuests({ key })}
      action={is_public ? t.hide : t.show}
      kind="primary"
      run={mark}
      close={close}
    >
      <p>{is_public ? t.hidesFromGuests : t.showsToGuests}</p>
      <Readers decision={decision} />
    </Confirm>
  );
}

/** Who it concerns now, by name. */
function Readers({ decision: { project_id, is_public } }: DecisionProps) {
  const { live } = useWorkspace();
  const people = live.one("projects", project_id).value?.people ?? [];
  const names = people.filter(({ role }) => role === "guest").map(({ name }) => name);
  if (names.length === 0) {
    return <p class="quiet">{is_public ? t.noGuests : t.noGuestsYet}</p>;
  }
  return <p class="quiet">{t.guestsNow({ names: list(names) })}</p>;
}
