import { useWorkspace } from "../../live/workspace";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { whenWords } from "../time/times";
import { awayWords, lastStart, needingReason } from "./ask-preview-words";
import type { Writing } from "./message-draft";

/** Somebody who is off is asked urgently only for a reason; it can wait for them, or others are there. */
export function UrgentReason({ writing }: { writing: Writing }) {
  const { asked, gate, reason, missing, sendLater } = writing;
  const { live } = useWorkspace();
  const asking = gate.asking.value;
  const away = needingReason(asking);
  if (!asking || away.length === 0) return null;
  const complains = missing.value === "reason" && !reason.value.trim();
  const start = lastStart(away);
  const instead = (id: string) => {
    for (const { member_id } of away) asked.remove(member_id);
    asked.add(id);
  };
  return (
    <Notice kind="warn" says={away.map(awayWords)}>
      <div class="urgent-reason">
        <label>
          <span class="strong">Why can it not wait?</span>
          <input
            class="input"
            name="urgent_reason"
            value={reason.value}
            maxLength={500}
            required
            aria-invalid={complains}
            onInput={({ currentTarget }) => (reason.value = currentTarget.value)}
          />
        </label>
        {complains && (
          <p class="refused" role="alert">
            Say why it cannot wait; everybody sees it on the message.
          </p>
        )}
        <p class="instead">
          <span>Or</span>
          {sendLater && start && (
            <Button small onClick={() => sendLater(start.at)}>
              Send it when they start, {whenWords(start.yours, away[0]!.now.yours)} yours
            </Button>
          )}
          {asking.working_now.slice(0, 3).map(({ member_id, name, in_focus }) => (
            <Button key={member_id} small onClick={() => instead(member_id)}>
              Ask {live.one("members", member_id).value?.name ?? name}, who works now
              {in_focus && " (in a focus block)"}
            </Button>
          ))}
        </p>
      </div>
    </Notice>
  );
}
