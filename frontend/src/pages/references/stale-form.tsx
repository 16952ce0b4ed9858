import t from "locale:references";
import { answer, api } from "../../api/client";
import { useWorkspace } from "../../live/workspace";
import { CancelButton } from "../../parts/ui/cancel-button";
import { Dialog } from "../../parts/ui/dialog";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { toast } from "../../parts/ui/toast";
import type { ReferenceOut } from "./data";

/** Asks what is wrong or outdated. */
export function StaleForm({ reference, close }: { reference: ReferenceOut; close: () => void }) {
  const here = useWorkspace();
  const owner = here.live.one("members", reference.owner_id).value?.name ?? t.theOwner;
  const send = async (form: FormData) => {
    const path = "/api/workspaces/{workspace}/references/{reference_id}/stale";
    const params = here.pathParams({ reference_id: reference.id });
    await answer(api.PUT(path, { params, body: { reason: textOf(form, "reason") } }));
    close();
    toast(t.markedOutdated);
  };
  return (
    <Dialog title={t.markOutdated} close={close}>
      <Form action={t.markOutdated} send={send} aside={<CancelButton close={close} />}>
        <Field
          name="reason"
          label={t.whatIsOutdated}
          hint={t.whoSeesOutdated({ owner })}
          autoComplete="off"
          required
          maxLength={500}
        />
      </Form>
    </Dialog>
  );
}
