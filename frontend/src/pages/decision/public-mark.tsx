import { Eye, EyeOff } from "lucide";
import { answer, api } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { useDeed } from "../../parts/deed";
import { Fact } from "../../parts/fact";
import { Failed } from "../../parts/failed";
import { Icon } from "../../parts/icon";
import { type Of, ONE } from "./reading";

/** Whether clients may see it on the pages that are for them. */
export function PublicMark({ decision }: Of) {
  const here = useWorkspace();
  const { me } = useBoard();
  const deed = useDeed();
  const { key, rev, is_public, proposed_by, status } = decision;
  const may = proposed_by === me.member_id || /owner|admin/.test(me.role);
  const set = async () => {
    const params = { ...here.path({ key }), header: { "if-match": `"${rev}"` } };
    await answer(api.PATCH(ONE, { params, body: { is_public: !is_public } }));
  };
  return (
    <>
      <Fact name="Clients">
        <button
          type="button"
          class="fact-button"
          aria-pressed={is_public}
          disabled={!may || status === "withdrawn"}
          title={is_public ? "Clients see it on their pages" : "Only members see it"}
          onClick={() => deed.run(set)}
        >
          <Icon of={is_public ? Eye : EyeOff} />
          {is_public ? "Public" : "Not public"}
        </button>
      </Fact>
      <Failed of={deed} />
    </>
  );
}
