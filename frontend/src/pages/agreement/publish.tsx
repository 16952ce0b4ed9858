import t from "locale:agreement";
import { navigate } from "../../router/router";
import { answer, api, ifMatch } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { DateField } from "../../parts/form/date-field";
import { Dialog } from "../../parts/ui/dialog";
import { Form, textOf } from "../../parts/form/form";
import { toast } from "../../parts/ui/toast";
import { zoneName } from "../../parts/time/zones";
import type { Draft } from "./data";

const VERSIONS = "/api/workspaces/{workspace}/agreement/versions";

/** Publishes the draft, in force from now or from a date. */
export function PublishDialog({ draft, close }: { draft: Draft; close: () => void }) {
  const here = useWorkspace();
  const { workspace } = useBoard();
  const send = async (form: FormData) => {
    const body = { in_force_on: textOf(form, "in_force_on") || null };
    const card = await answer(api.POST(VERSIONS, { params: { ...here.pathParams(), header: ifMatch(draft.rev) }, body }));
    toast(t.published({ version: card.version }));
    navigate(here.pageUrl(`/agreement?version=${card.version}`));
  };
  return (
    <Dialog title={t.publishTitle({ title: draft.title })} close={close}>
      <Form action={t.publish} send={send}>
        <p>{t.publishMeans}</p>
        <DateField
          name="in_force_on"
          label={t.startOptional}
          hint={t.startHint({ place: zoneName(workspace.reference_zone) })}
        />
      </Form>
    </Dialog>
  );
}
