import { CircleEllipsis } from "lucide";
import t from "locale:today";
import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { agoWords } from "../../parts/time/relative-time";
import { Chip } from "../../parts/ui/chip";
import type { Today } from "./data";
import type { Desk } from "./desk";
import { newsWords } from "./news-words";
import { RowFrame } from "./row-frame";
import { newsRow, titleOfNews } from "./rows";

interface Props {
  line: Today["since_you_left"]["lines"][number];
  desk: Desk;
}

/** What others did with a task, a conversation or a project since I last said that I had seen it. */
export function NewsRow({ line, desk }: Props) {
  const here = useWorkspace();
  const key = (line.task ?? line.decision)?.key;
  const names = line.actor_ids
    .map((id) => here.live.one("members", id).value?.name)
    .filter((name) => name !== undefined);
  return (
    <RowFrame
      row={newsRow(line)}
      desk={desk}
      chip={<Chip icon={CircleEllipsis}>{t.activity}</Chip>}
      title={
        <>
          {key && <span class="key">{key}</span>} {titleOfNews(line)}
        </>
      }
    >
      <p class="facts">
        <span>{newsWords(line.kinds, names, line.task?.state)}</span>
        <span>{agoWords(line.latest_at, minute.value)}</span>
      </p>
    </RowFrame>
  );
}
