import { BookOpen, Folder, Gavel, type IconNode, MessageSquare, MessagesSquare, SquareCheck, User } from "lucide";
import t from "locale:search";
import { type ListNavigation, rowProps } from "../../keys/list-navigation";
import { useWorkspace } from "../../live/workspace";
import { hitPath, type Hit, type HitKind } from "../../parts/data/search";
import { Icon } from "../../parts/ui/icon";
import { fromNow } from "../../parts/time/relative-time";

export const KINDS: readonly HitKind[] = [
  "reference",
  "task",
  "decision",
  "message",
  "topic",
  "project",
  "member",
];

const ICONS: Record<HitKind, IconNode> = {
  reference: BookOpen,
  task: SquareCheck,
  decision: Gavel,
  message: MessageSquare,
  topic: MessagesSquare,
  project: Folder,
  member: User,
};

/** Something that was found, with the words that match marked. */
export function HitRow({ hit, list }: { hit: Hit; list: ListNavigation }) {
  const here = useWorkspace();
  const { kind, id, title, excerpt, task, decision, project, handle, at } = hit;
  const { key } = task ?? decision ?? {};
  const author = here.live.one("members", hit.author_id ?? "").value?.name;
  const aside = [
    t.kind({ kind }),
    author && t.byAuthor({ name: author }),
    kind !== "project" && project?.name,
    handle && `@${handle}`,
    kind === "message" && fromNow(at),
  ];
  return (
    <li class="hit">
      <Icon of={ICONS[kind]} />
      <div class="hit-what">
        <a {...rowProps(list, `${kind}:${id}`)} class="main" href={here.pageUrl(hitPath(hit))}>
          {key && <span class="key">{key}</span>}{" "}
          <bdi>
            <Pieces of={title} />
          </bdi>
        </a>
        {excerpt.length > 0 && (
          <p class="excerpt" dir="auto">
            <Pieces of={excerpt} />
          </p>
        )}
        <p class="hit-facts">{aside.filter(Boolean).join(" · ")}</p>
      </div>
    </li>
  );
}

function Pieces({ of }: { of: Hit["title"] }) {
  return of.map(({ text, is_hit }, index) => (is_hit ? <mark key={index}>{text}</mark> : text));
}
