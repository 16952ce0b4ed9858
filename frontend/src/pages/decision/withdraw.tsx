import { useSignal } from "@preact/signals";
import { Undo2 } from "lucide";
import t from "locale:decision";
import { answer, api } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Dialog } from "../../parts/ui/dialog";
import { useDraft } from "../../parts/form/draft";
import { Section } from "../../parts/ui/facts";
import { Form, textOf } from "../../parts/form/form";
import { ReasonField } from "../../parts/form/text-area";
import { toast } from "../../parts/ui/toast";
import type { DecisionProps } from "./data";
import { CancelButton } from "../../parts/ui/cancel-button";
import { isAdmin } from "../../live/documents";

const WITHDRAW = "/api/workspaces/{workspace}/decisions/{key}/withdraw";

/** Withdraws a proposal for a reason. Its proposer and admins can. */
export function Withdraw({ decision }: DecisionProps) {
  const { me } = useBoard();
  const isOpen = useSignal(false);
  const canEdit = decision.proposed_by === me.member_id || isAdmin(me.role);
  if (!canEdit || !["draft", "open"].includes(decision.status)) return null;
  return (
    <>
      <Button small kind="quiet" icon={Undo2} onClick={() => (isOpen.value = true)}>
        {t.withdraw}
      </Button>
      {isOpen.value && <WithdrawDialog decision={decision} close={() => (isOpen.value = false)} />}
    </>
  );
}

function WithdrawDialog({ decision, close }: DecisionProps & { close: () => void }) {
  const here = useWorkspace();
  const draft = useDraft(`withdraw:${decision.id}`);
  const send = async (form: FormData) => {
    const body = { reason: textOf(form, "reason").trim() };
    await answer(api.POST(WITHDRAW, { params: here.pathParams({ key: decision.key }), body }));
    draft.clear();
    toast(t.withdrawnKey({ key: decision.key }));
    close();
  };
  return (
    <Dialog title={t.withdrawKey({ key: decision.key })} close={close}>
      <Form send={send} action={t.withdraw} aside={<CancelButton close={close} />}>
        <p>{t.withdrawMeans}</p>
        <ReasonField draft={draft} />
      </Form>
    </Dialog>
  );
}

/** Why nothing was decided. */
export function Withdrawn({ decision: { status, withdrawal_reason } }: DecisionProps) {
  if (status !== "withdrawn") return null;
  return (
    <Section id="withdrawn" title={t.withdrawn}>
      <p class="as-typed">{withdrawal_reason}</p>
    </Section>
  );
}
