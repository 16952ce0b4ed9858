import { answer, api } from "../../api/client";
import { useWorkspace } from "../../live/workspace";
import { Dialog } from "../../parts/ui/dialog";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { toast } from "../../parts/ui/toast";
import type { ReferenceOut } from "./data";

/** Saying what is wrong or out of date. */
export function StaleForm({ reference, close }: { reference: ReferenceOut; close: () => void }) {
  const here = useWorkspace();
  const owner = here.live.one("members", reference.owner_id).value?.name ?? "Its owner";
  const send = async (form: FormData) => {
    const path = "/api/workspaces/{workspace}/references/{reference_id}/stale";
    const params = here.pathParams({ reference_id: reference.id });
    await answer(api.PUT(path, { params, body: { reason: textOf(form, "reason") } }));
    close();
    toast("Marked stale");
  };
  return (
    <Dialog title="Mark as stale" close={close}>
      <Form action="Mark stale" send={send}>
        <Field
          name="reason"
          label="What is wrong or out of date?"
          hint={`${owner} sees it on Today. An edit clears it.`}
          autoComplete="off"
          required
          maxLength={500}
        />
      </Form>
    </Dialog>
  );
}
