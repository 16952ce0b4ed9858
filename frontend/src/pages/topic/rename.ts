import { answer, api, ifMatch } from "../../api/client";
import type { Topic } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import type { Rename } from "../../parts/ui/title";
import { renameError } from "../../parts/data/edit-outcome";

const ONE = "/api/workspaces/{workspace}/topics/{topic_id}";

/** Gives a conversation another title: shown at once, then sent. */
export function useRename(topic: Topic): Rename {
  const here = useWorkspace();
  const params = here.pathParams({ topic_id: topic.id });
  return async (title, over) => {
    const outcome = await here.live.change({
      collection: "topics",
      id: topic.id,
      shown: { title },
      seen: { title: over },
      read: () => answer(api.GET(ONE, { params })),
      send: (rev) => {
        return answer(api.PATCH(ONE, { params: { ...params, header: ifMatch(rev) }, body: { title } }));
      },
    });
    return renameError(outcome, (theirs) => theirs.title);
  };
}
