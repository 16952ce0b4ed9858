import { CornerDownRight, Replace, SquarePen } from "lucide";
import { api } from "../../api/client";
import { pageOf } from "../../api/pages";
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

const LISTS = [
  ["superseded_by_all", "Superseded by"],
  ["amended_by", "Amended by"],
  ["supersedes", "Supersedes"],
  ["amends", "Amends"],
] as const;

interface Props extends DecisionProps {
  /** Changes the draft; none where I may not. */
  change?: Change | undefined;
}

/** Earlier and later decisions that it touches. */
export function Relations({ decision, change }: Props) {
  const isDraft = decision.status === "draft" && change !== undefined;
  const lists = LISTS.filter(([field]) => decision[field].length > 0);
  if (!isDraft && lists.length === 0) return null;
  return (
    <Section
      id="relations"
      title="Other decisions"
      aside={isDraft && <Earlier decision={decision} change={change} />}
    >
      {lists.length === 0 && (
        <p class="quiet">Name the decisions whose place it takes, or that it amends.</p>
      )}
      {lists.map(([field, name]) => (
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
            <a class="main ellipsis" href={here.pageUrl(`/decisions/${key}`)}>
              {title}
            </a>
            {!is_in_force && <Chip>Once it is decided</Chip>}
          </li>
        ))}
      </ul>
    </>
  );
}

const LIST = "/api/workspaces/{workspace}/decisions";

/** Choosing among those that are decided; the board does not hold them. */
function Earlier({ decision, change }: Required<Props>) {
  const here = useWorkspace();
  const decided = useLoaded(() => {
    const query = { status: ["decided" as const] };
    return pageOf(api.GET(LIST, { params: { ...here.pathParams(), query } }));
  }, [here]);
  const options = () =>
    (decided.data.peek()?.items ?? []).map(({ key, title }) => ({
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
      {picker("supersedes", "Supersedes…", Replace)}
      {picker("amends", "Amends…", SquarePen)}
      <RequestError of={decided} />
    </span>
  );
}

/** That a later decision took its place, said before anything else. */
export function Superseded({ decision }: DecisionProps) {
  const here = useWorkspace();
  const by = decision.superseded_by_all.filter(({ is_in_force }) => is_in_force);
  if (by.length === 0) return null;
  return (
    <Notice kind="info" lines={["This no longer stands. A later decision took its place:"]}>
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
