import { useSignal } from "@preact/signals";
import t from "locale:agreement";
import { answer, api } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Empty } from "../../parts/ui/empty";
import { useLoaded } from "../../parts/data/loaded";
import { Page } from "../../parts/ui/page";
import { DraftForm } from "./draft-form";
import { PublishDialog } from "./publish";
import type { Draft as DraftOut } from "./data";
import { LoadStatus } from "../../parts/data/load-status";
import { isAdmin } from "../../live/documents";
import "./agreement.css";

const DRAFT = "/api/workspaces/{workspace}/agreement/draft";

/** What the next version of the agreement will say, for admins. */
export default function Draft() {
  const { role } = useBoard().me;
  if (isAdmin(role)) return <Editing />;
  return (
    <Page title={t.draft}>
      <Empty title={t.onlyAdminsEdit} />
    </Page>
  );
}

function Editing() {
  const here = useWorkspace();
  const draft = useLoaded(() => answer(api.GET(DRAFT, { params: here.pathParams() })), [here]);
  const publishing = useSignal<DraftOut | null>(null);
  const taken = useSignal(0);
  const take = (theirs: DraftOut) => {
    draft.put(theirs);
    taken.value += 1;
  };
  const found = draft.data.value;
  return (
    <Page
      title={t.draft}
      lead={t.draftMeans}
      aside={
        <a class="button" href={here.pageUrl("/agreement")}>
          {t.backToAgreement}
        </a>
      }
    >
      <LoadStatus of={draft} what={t.couldNotLoadDraft} rows={8} />
      {found && (
        <DraftForm
          key={taken.value}
          draft={found}
          saved={draft.put}
          takeTheirs={take}
          publish={(saved) => (publishing.value = saved)}
        />
      )}
      {publishing.value && (
        <PublishDialog draft={publishing.value} close={() => (publishing.value = null)} />
      )}
    </Page>
  );
}
