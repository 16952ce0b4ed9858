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

/** Publishes the draft, from now or from a date on. */
export function PublishDialog({ draft, close }: { draft: Draft; close: () => void }) {
  const here = useWorkspace();
  const { workspace } = useBoard();
  const send = async (form: FormData) => {
    const body = { in_force_on: textOf(form, "in_force_on") || null };
    const card = await answer(api.POST(VERSIONS, { params: { ...here.pathParams(), header: ifMatch(draft.rev) }, body }));
    toast(`Version ${card.version} is published`);
    navigate(here.pageUrl(`/agreement?version=${card.version}`));
  };
  return (
    <Dialog title={`Publish “${draft.title}”`} close={close}>
      <Form action="Publish" send={send}>
        <p>
          What is published never changes, and everybody is asked to sign it. Asks that run keep the
          windows of the version under which they were sent.
        </p>
        <DateField
          name="in_force_on"
          label="In force from"
          hint={`The start of that date in ${zoneName(workspace.reference_zone)}. Empty: from now on.`}
        />
      </Form>
    </Dialog>
  );
}
