import t from "locale:settings";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Empty } from "../../parts/ui/empty";
import { Page } from "../../parts/ui/page";
import { Tabs } from "../../parts/ui/tabs";
import { type Section, SECTIONS } from "./sections";
import "./settings.css";

/** What can be set: mine first, then what admins set for all. A section has its own address. */
export default function Settings({ values }: { values: Record<string, string> }) {
  const { role } = useBoard().me;
  const isAdmin = role === "owner" || role === "admin";
  const mine = SECTIONS.filter((section) => isAdmin || !section.adminsOnly);
  const wanted = values["section"] ?? "hours";
  const shown = mine.find(({ slug }) => slug === wanted);
  return (
    <Page title={t.settings}>
      <div class="settings">
        <div class="settings-nav">
          <Group
            title={t.personal}
            label={t.personalSettings}
            sections={mine.filter((each) => !each.adminsOnly)}
            shown={wanted}
          />
          {isAdmin && (
            <Group
              title={t.workspaceGroup}
              label={t.workspaceSettings}
              sections={mine.filter((each) => each.adminsOnly)}
              shown={wanted}
            />
          )}
        </div>
        <div class="settings-body">
          {shown ? (
            <shown.show key={wanted} />
          ) : (
            <Empty title={t.noSection} />
          )}
        </div>
      </div>
    </Page>
  );
}

interface GroupProps {
  title: string;
  /** Its name for screen readers. */
  label: string;
  sections: readonly Section[];
  shown: string;
}

function Group({ title, label, sections, shown }: GroupProps) {
  const here = useWorkspace();
  const tabs = sections.map(({ slug, name }) => ({
    name: name(),
    href: here.pageUrl(`/settings/${slug}`),
    current: slug === shown,
  }));
  return (
    <div class="settings-group">
      <p class="quiet">{title}</p>
      <Tabs label={label} tabs={tabs} />
    </div>
  );
}
