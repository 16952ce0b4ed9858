import { useSignal } from "@preact/signals";
import { Eye, EyeOff } from "lucide";
import { answer, api, ifMatch } from "../../api/client";
import { useBoard, useMe, useWorkspace } from "../../live/workspace";
import { Confirm } from "../../parts/ui/confirm";
import { Fact } from "../../parts/ui/facts";
import { Icon } from "../../parts/ui/icon";
import { toast } from "../../parts/ui/toast";
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
      <Fact name="Guests">
        <button
          type="button"
          class="fact-button"
          disabled={!canEditDecision(board, decision)}
          onClick={() => (isAsking.value = true)}
        >
          <Icon of={is_public ? Eye : EyeOff} />
          {is_public ? "Visible to guests" : "Hidden from guests"}
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
    toast(is_public ? `${key} hidden from guests` : `${key} shown to guests`);
  };
  return (
    <Confirm
      title={is_public ? `Hide ${key} from guests?` : `Show ${key} to guests?`}
      action={is_public ? "Hide from guests" : "Show to guests"}
      kind="primary"
      run={mark}
      close={close}
    >
      <p>{is_public ? HIDES : SHOWS}</p>
      <Readers decision={decision} />
    </Confirm>
  );
}

const SHOWS =
  "Guests of this project can then read the proposal, everyone's input, the outcome and the " +
  "discussion, and can comment. They don't see how long it took.";
const HIDES = "Guests of this project can no longer read the decision or its discussion.";

/** Who it concerns now, by name. */
function Readers({ decision: { project_id, is_public } }: DecisionProps) {
  const { live } = useWorkspace();
  const people = live.one("projects", project_id).value?.people ?? [];
  const names = people.filter(({ role }) => role === "guest").map(({ name }) => name);
  if (names.length === 0) {
    return (
      <p class="quiet">
        This project has no guests yet. {!is_public && "Guests you add later can read it too."}
      </p>
    );
  }
  return <p class="quiet">Guests now: {names.join(", ")}</p>;
}
