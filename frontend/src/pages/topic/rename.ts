import { answer, api } from "../../api/client";
import type { Topic } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import type { Rename } from "../../parts/ui/title";

const ONE = "/api/workspaces/{workspace}/topics/{topic_id}";

/** Gives a conversation another title: shown at once, then sent. */
export function useRename(topic: Topic): Rename {
  const here = useWorkspace();
  const params = here.pathParams({ topic_id: topic.id });
  return async (title) => {
    const outcome = await here.live.change({
      collection: "topics",
      id: topic.id,
      shown: { title },
      read: () => answer(api.GET(ONE, { params })),
      send: (rev) => {
        const header = { "if-match": `"${rev}"` };
        return answer(api.PATCH(ONE, { params: { ...params, header }, body: { title } }));
      },
    });
    if (outcome.kind === "settled") return null;
    if (outcome.kind === "refused") return outcome.problem.title;
    return `Somebody else called it “${outcome.theirs.title}” meanwhile. Save again to use yours.`;
  };
}
