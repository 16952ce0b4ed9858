import { Check } from "lucide";
import t from "locale:today";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { Panel } from "../../parts/ui/panel";
import { agoWords } from "../../parts/time/relative-time";
import { pathOf } from "./address";
import { newsWords } from "./news-words";

type News = components["schemas"]["News"];

/** What changed since I last said that I had seen it, by task, conversation and project. */
export function NewsPanel({ news, seen }: { news: News; seen: () => void }) {
  const here = useWorkspace();
  const action = useAction();
  const look = async () => {
    const path = "/api/workspaces/{workspace}/today/looked";
    await answer(api.PUT(path, { params: here.pathParams(), body: { seq: news.seq } }));
    seen();
  };
  const more = news.lines_total - news.lines.length;
  return (
    <Panel
      title={t.sinceLastVisit}
      aside={
        news.lines.length > 0 && (
          <Button small icon={Check} onClick={() => action.run(look)}>
            {t.markAsSeen}
          </Button>
        )
      }
    >
      <RequestError of={action} />
      {news.lines.length === 0 && <p class="nothing-new">{t.nothingNew}</p>}
      <ul class="news" aria-label={t.sinceLastVisit}>
        {news.lines.map((line) => (
          <NewsRow key={pathOf(line) || "workspace"} line={line} />
        ))}
        {more > 0 && <li class="more">{t.andMore({ count: more })}</li>}
      </ul>
    </Panel>
  );
}

function NewsRow({ line }: { line: News["lines"][number] }) {
  const here = useWorkspace();
  const names = line.actor_ids
    .map((id) => here.live.one("members", id).value?.name)
    .filter((name) => name !== undefined);
  return (
    <li>
      <a class="main ellipsis" href={here.pageUrl(pathOf(line))}>
        <span class="key">{(line.task ?? line.decision)?.key}</span> {titleOf(line)}
      </a>
      <span class="grow quiet ellipsis">{newsWords(line.kinds, names, line.task?.state)}</span>
      <span class="quiet when">{agoWords(line.latest_at, minute.value)}</span>
    </li>
  );
}

function titleOf({ task, decision, topic, project }: News["lines"][number]): string {
  return (task ?? decision)?.title ?? topic?.title ?? project?.name ?? t.workspace;
}
