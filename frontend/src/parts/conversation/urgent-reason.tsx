import { useWorkspace } from "../../live/workspace";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { timeWords } from "../time/times";
import { awayWords, lastStart, needingReason } from "./ask-preview-words";
import type { MessageDraft } from "./message-draft";

/**
 * Asks why people who are off are asked urgently. Offers to send later or to ask someone who is
 * working.
 */
export function UrgentReason({ message }: { message: MessageDraft }) {
  const { recipients, askPreview, reason, missing, sendLater } = message;
  const { live } = useWorkspace();
  const preview = askPreview.preview.value;
  const away = needingReason(preview);
  if (!preview || away.length === 0) return null;
  const complains = missing.value === "reason" && !reason.value.trim();
  const start = lastStart(away);
  const instead = (id: string) => {
    for (const { member_id } of away) recipients.remove(member_id);
    recipients.add(id);
  };
  return (
    <Notice kind="warn" lines={away.map(awayWords)}>
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
              Send it when they start, {timeWords(start.yours, away[0]!.now.yours)} yours
            </Button>
          )}
          {preview.working_now.slice(0, 3).map(({ member_id, name, in_focus }) => (
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
