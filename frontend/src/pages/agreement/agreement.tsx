import { Download, PenLine } from "lucide";
import { query } from "../../router/router";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Icon } from "../../parts/ui/icon";
import { Page } from "../../parts/ui/page";
import { Panel } from "../../parts/ui/panel";
import { Rendered } from "../../parts/data/rendered";
import { Compare } from "./compare";
import { type Agreement as AgreementOut, type Card, useAgreement, versionsOf } from "./data";
import { Signatures, SignNow } from "./signatures";
import { utcWords } from "./terms";
import { StandingChip, Versions } from "./versions";
import { Windows } from "./windows";
import { LoadStatus } from "../../parts/data/load-status";
import { isAdmin } from "../../live/documents";
import "./agreement.css";

/** The response-time agreement: the version in force, or the one that the address names. */
export default function Agreement() {
  const wanted = numberIn("version");
  const agreement = useAgreement(wanted);
  const found = agreement.data.value;
  const versions = versionsOf(useBoard().agreements.values());
  const shown = found && (wanted === null || found.version === wanted) ? found : null;
  return (
    <Page
      title={shown?.title ?? "Agreement"}
      lead={shown && <Lead agreement={shown} versions={versions} />}
      aside={shown && <Acts version={shown.version} />}
    >
      <LoadStatus of={agreement} what="The agreement could not be read." rows={6} />
      {shown && <Shown agreement={shown} versions={versions} reload={agreement.reload} />}
    </Page>
  );
}

function numberIn(name: string): number | null {
  const written = query.value.get(name) ?? "";
  return /^[1-9][0-9]{0,8}$/.test(written) ? Number(written) : null;
}

interface ShownProps {
  agreement: AgreementOut;
  versions: readonly Card[];
  reload: () => Promise<void>;
}

function Shown({ agreement, versions, reload }: ShownProps) {
  const { me } = useBoard();
  const other = numberIn("with");
  const isOver = agreement.superseded_from !== null;
  return (
    <>
      <SignNow agreement={agreement} reload={reload} />
      {other !== null && other !== agreement.version && (
        <Compare after={agreement} before={other} versions={versions} />
      )}
      <Panel title="What we agree">
        <div class="panel-body">
          <Rendered html={agreement.text_html} />
        </div>
      </Panel>
      <Windows agreement={agreement} withExamples={!isOver && me.role !== "guest"} />
      <Signatures agreement={agreement} />
      <Versions versions={versions} shown={agreement.version} />
    </>
  );
}

function Lead({ agreement, versions }: { agreement: AgreementOut; versions: readonly Card[] }) {
  const { version, in_force_from, superseded_from } = agreement;
  return (
    <span class="agreement-lead">
      <StandingChip card={agreement} versions={versions} />
      Version {version}, from {utcWords(in_force_from)}
      {superseded_from && ` until ${utcWords(superseded_from)}`}
    </span>
  );
}

function Acts({ version }: { version: number }) {
  const here = useWorkspace();
  const { role } = useBoard().me;
  const file = `/api/workspaces/${here.slug}/agreement/export?version=${version}`;
  return (
    <div class="agreement-acts">
      <a class="button" href={file} download>
        <Icon of={Download} />
        Export as Markdown
      </a>
      {isAdmin(role) && (
        <a class="button" href={here.pageUrl("/agreement/draft")}>
          <Icon of={PenLine} />
          Edit the draft
        </a>
      )}
    </div>
  );
}
