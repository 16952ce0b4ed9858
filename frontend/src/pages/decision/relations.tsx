import { CornerDownRight, Replace, SquarePen } from "lucide";
import t from "locale:decision";
import { api } from "../../api/client";
import { allPages, pageOf } from "../../api/pages";
import { useWorkspace } from "../../live/workspace";
import { Chip } from "../../parts/ui/chip";
import { Section } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { Icon } from "../../parts/ui/icon";
import { useLoaded } from "../../parts/data/loaded";
import { Notice } from "../../parts/ui/notice";
import { Picker } from "../../parts/ui/picker";
import type { Change } from "./change";
import type { DecisionProps, WholeDecision } from "./data";

type Related = WholeDecision["supersedes"][number];

const lists = () =>
  [
    ["superseded_by_all", t.supersededBy],
    ["amended_by", t.amendedBy],
    ["supersedes", t.supersedes],
    ["amends", t.amends],
  ] as const;

interface Props extends DecisionProps {
  /** Changes the draft; none where I may not. */
  change?: Change | undefined;
}

/** Earlier and later decisions that it touches. */
export function Relations({ decision, change }: Props) {
  const isDraft = decision.status === "draft" && change !== undefined;
  const shown = lists().filter(([field]) => decision[field].length > 0);
  if (!isDraft && shown.length === 0) return null;
  return (
    <Section
      id="relations"
      title={t.relatedDecisions}
      aside={isDraft && <Earlier decision={decision} change={change} />}
    >
      {shown.length === 0 && <p class="quiet">{t.noRelated}</p>}
      {shown.map(([field, name]) => (
        <RelatedList key={field} name={name} related={decision[field]} />
      ))}
    </Section>
  );
}

function RelatedList({ name, related }: { name: string; related: readonly Related[] }) {
  const here = useWorkspace();
  return (
    <>
      <h3 class="quiet">{name}</h3>
      <ul class="panel rows" aria-label={name}>
        {related.map(({ key, title, is_in_force }) => (
          <li key={key}>
            <Icon of={CornerDownRight} />
            <span class="code quiet">{key}</span>
            <a class="main ellipsis" dir="auto" href={here.pageUrl(`/decisions/${key}`)}>
              {title}
            </a>
            {!is_in_force && <Chip>{t.onceDecided}</Chip>}
          </li>
        ))}
      </ul>
    </>
  );
}

const LIST = "/api/workspaces/{workspace}/decisions";
const A_PAGE = 200;

/** Choosing among those that are decided; the board does not hold them. */
function Earlier({ decision, change }: Required<Props>) {
  const here = useWorkspace();
  const decided = useLoaded(
    () =>
      allPages((cursor) => {
        const query = { status: ["decided" as const], limit: A_PAGE, ...(cursor && { cursor }) };
        return pageOf(api.GET(LIST, { params: { ...here.pathParams(), query } }));
      }),
    [here],
  );
  const options = () =>
    (decided.data.peek() ?? []).map(({ key, title }) => ({
      value: key,
      name: `${key} ${title}`,
    }));
  const picker = (field: "supersedes" | "amends", name: string, icon: typeof Replace) => {
    const keys = decision[field].map(({ key }) => key);
    const toggle = (key: string) => {
      const now = keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key];
      void change?.(field, { [field]: now });
    };
    return (
      <Picker
        class="button quiet small"
        label={name}
        many
        chosen={new Set(keys)}
        options={options}
        onPick={toggle}
      >
        <Icon of={icon} size={14} />
        {name}
      </Picker>
    );
  };
  return (
    <span class="part-acts">
      {picker("supersedes", t.supersedesMore, Replace)}
      {picker("amends", t.amendsMore, SquarePen)}
      <RequestError of={decided} />
    </span>
  );
}

/** A notice at the top of a decision that a later one superseded. */
export function Superseded({ decision }: DecisionProps) {
  const here = useWorkspace();
  const by = decision.superseded_by_all.filter(({ is_in_force }) => is_in_force);
  if (by.length === 0) return null;
  return (
    <Notice kind="info" lines={[t.replaced]}>
      {by.map(({ key, title }) => (
        <p key={key}>
          <a href={here.pageUrl(`/decisions/${key}`)}>
            {key} {title}
          </a>
        </p>
      ))}
    </Notice>
  );
}
