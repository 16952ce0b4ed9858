import t from "locale:task";
import common from "locale:common";
import { api } from "../../api/client";
import { pageOf } from "../../api/pages";
import type { Task } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { History } from "../../parts/data/history";
import { historyWords, type Names } from "./history-words";

const PATH = "/api/workspaces/{workspace}/tasks/{key}/history";

export function TaskHistory({ task: { key, rev } }: { task: Task }) {
  const here = useWorkspace();
  const names: Names = {
    member: (id) => here.live.one("members", id).value?.name ?? common.someoneInSentence,
    task: (id) => here.live.one("tasks", id).value?.key ?? t.anotherTask,
  };
  const read = (cursor: string | null) => {
    const query = cursor ? { cursor } : {};
    return pageOf(api.GET(PATH, { params: { ...here.pathParams({ key }), query } }));
  };
  return (
    <History read={read} inputs={[key, rev]} wordsOf={(entry) => historyWords(entry, names)} />
  );
}
