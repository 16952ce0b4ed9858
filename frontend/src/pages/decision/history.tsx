import { api } from "../../api/client";
import { pageOf } from "../../api/pages";
import { useWorkspace } from "../../live/workspace";
import { History } from "../../parts/data/history";
import type { DecisionProps } from "./data";
import { historyWords } from "./history-words";

const PATH = "/api/workspaces/{workspace}/decisions/{key}/history";

export function DecisionHistory({ decision }: DecisionProps) {
  const here = useWorkspace();
  const read = (cursor: string | null) => {
    const query = cursor ? { cursor } : {};
    return pageOf(api.GET(PATH, { params: { ...here.pathParams({ key: decision.key }), query } }));
  };
  return <History read={read} inputs={[decision]} wordsOf={historyWords} />;
}
