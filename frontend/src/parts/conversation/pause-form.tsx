import t from "locale:conversation";
import { answer, api } from "../../api/client";
import { useWorkspace } from "../../live/workspace";
import { Field } from "../form/field";
import { Form, textOf } from "../form/form";

/** Pauses a question for a reason. Paused time doesn't count. */
export function PauseForm({ timerId, close }: { timerId: string; close: () => void }) {
  const here = useWorkspace();
  const send = async (form: FormData) => {
    const params = here.pathParams({ timer_id: timerId });
    const path = "/api/workspaces/{workspace}/timers/{timer_id}/pause";
    await answer(api.PUT(path, { params, body: { reason: textOf(form, "reason") } }));
    close();
  };
  return (
    <Form send={send} action={t.pause}>
      <Field
        name="reason"
        label={t.pauseReason}
        hint={t.pauseHint}
        required
        maxLength={500}
      />
    </Form>
  );
}
