import { Download, PenLine } from "lucide";
import t from "locale:agreement";
import { query } from "../../router/router";
import { minute } from "../../api/clock";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Icon } from "../../parts/ui/icon";
import { useReading } from "../../parts/notices/reading";
import { Page } from "../../parts/ui/page";
import { Panel } from "../../parts/ui/panel";
import { Rendered } from "../../parts/data/rendered";
import { Compare } from "./compare";
import { type Agreement as AgreementOut, type Card, useAgreement, versionsOf } from "./data";
import { Signatures, SignNow } from "./signatures";
import { utcWords } from "./terms";
import { StatusChip, Versions } from "./versions";
import { Windows } from "./windows";
import { LoadStatus } from "../../parts/data/load-status";
import { isAdmin } from "../../live/documents";
import "./agreement.css";

/** The response-time agreement: the version in force, or the one that the URL names. */
export default function Agreement() {
  const wanted = numberIn("version");
  const agreement = useAgreement(wanted);
  const found = agreement.data.value;
  const versions = versionsOf(useBoard().agreements.values());
  const shown = found && (wanted === null || found.version === wanted) ? found : null;
  useReading("agreement_version", shown?.version ?? null);
  return (
    <Page
      title={shown?.title ?? t.agreement}
      lead={shown && <Lead agreement={shown} versions={versions} />}
      aside={shown && <Actions version={shown.version} />}
    >
      <LoadStatus of={agreement} what={t.couldNotLoad} rows={6} />
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
      <Panel title={t.whatWeAgree}>
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
  const start = utcWords(in_force_from, minute.value);
  return (
    <span class="agreement-lead">
      <StatusChip card={agreement} versions={versions} />
      {superseded_from
        ? t.versionFromUntil({ version, start, end: utcWords(superseded_from, minute.value) })
        : t.versionFrom({ version, start })}
    </span>
  );
}

function Actions({ version }: { version: number }) {
  const here = useWorkspace();
  const { role } = useBoard().me;
  const file = `/api/workspaces/${here.slug}/agreement/export?version=${version}`;
  return (
    <div class="agreement-acts">
      <a class="button" href={file} download>
        <Icon of={Download} />
        {t.exportAsMarkdown}
      </a>
      {isAdmin(role) && (
        <a class="button" href={here.pageUrl("/agreement/draft")}>
          <Icon of={PenLine} />
          {t.editDraft}
        </a>
      )}
    </div>
  );
}
