import { useSignal } from "@preact/signals";
import { Send } from "lucide";
import { useRef } from "preact/hooks";
import t from "locale:decision";
import { answer, api } from "../../api/client";
import { newUuid } from "../../api/random-uuid";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { useAction } from "../../parts/ui/action";
import { Section } from "../../parts/ui/facts";
import type { Minutes } from "../../parts/form/minutes-field";
import { Notice } from "../../parts/ui/notice";
import { toast } from "../../parts/ui/toast";
import type { OnSaved } from "./change";
import type { Autosave } from "./autosave";
import type { PointStands } from "./points";
import { TimeSpent } from "./time-spent";
import type { WholeDecision } from "./data";

const OPEN = "/api/workspaces/{workspace}/decisions/{key}/open";

interface Props {
  decision: WholeDecision;
  points: readonly PointStands[];
  /** What must be saved before. */
  fields: readonly Autosave[];
  saved: OnSaved;
}

/** Opens the draft for input, once it makes all five points. */
export function Open({ decision, points, fields, saved }: Props) {
  const here = useWorkspace();
  const minutes = useSignal<Minutes | null>(null);
  const tried = useSignal(false);
  const busy = useSignal(false);
  const unsaved = useSignal(false);
  const action = useAction();
  const key = useRef(newUuid()).current;
  const missing = points.flatMap((point) => point.missing);
  const send = async () => {
    await Promise.all(fields.map(({ flush }) => flush()));
    unsaved.value = fields.some(({ status }) => status.peek() === "typed");
    if (unsaved.value) return;
    const params = { ...here.pathParams({ key: decision.key }), header: { "Idempotency-Key": key } };
    const opened = await answer(api.POST(OPEN, { params, body: { minutes: minutes.peek() } }));
    saved(opened);
    toast(t.opened({ key: decision.key, count: opened.stakeholders.length }));
    scrollTo(0, 0);
  };
  const open = () => {
    tried.value = true;
    if (missing.length > 0 || busy.peek()) return;
    busy.value = true;
    action.run(() => send().finally(() => (busy.value = false)));
  };
  const problem = action.problem.value;
  const reasons = (problem?.errors ?? []).map(({ reason }) => reason);
  return (
    <Section id="open" title={t.openForInput}>
      <p class="quiet">{t.openMeans}</p>
      <TimeSpent chosen={minutes} />
      {tried.value && missing.length > 0 && (
        <Notice kind="bad" lines={[t.completeFirst, ...missing]} />
      )}
      {unsaved.value && (
        <Notice kind="bad" lines={[t.unsavedChanges]} />
      )}
      {problem && <Notice kind="bad" lines={[problem.title, ...reasons]} />}
      <div class="form-end">
        <Button kind="primary" icon={Send} busy={busy.value} onClick={open}>
          {t.openForInput}
        </Button>
      </div>
    </Section>
  );
}
