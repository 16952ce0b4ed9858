import { MessageSquare } from "lucide";
import { rowProps, useList } from "../keys/list";
import { useBoard, useWorkspace } from "../live/workspace";
import { Empty } from "../parts/empty";
import { Page } from "../parts/page";

/** My direct conversations, the latest first. */
export default function Direct() {
  const here = useWorkspace();
  const board = useBoard();
  const topics = [...board.topics.values()].filter(({ kind }) => kind === "direct");
  topics.sort((a, b) => (b.last_message_at ?? "").localeCompare(a.last_message_at ?? ""));
  const list = useList({ ids: () => topics.map(({ id }) => id), group: "Conversations" });
  return (
    <Page title="Direct">
      {topics.length === 0 && <Empty icon={MessageSquare} title="No conversations yet" />}
      <ul class="panel rows">
        {topics.map(({ id, title, message_count }) => (
          <li key={id}>
            <a class="main" href={here.at(`/topics/${id}`)} {...rowProps(list, id)}>
              {title}
            </a>
            <span class="quiet">{message_count} messages</span>
          </li>
        ))}
      </ul>
    </Page>
  );
}
