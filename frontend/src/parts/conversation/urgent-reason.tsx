import t from "locale:conversation";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { timeWords } from "../time/times";
import { awayWords, lastStart, needingReason } from "./ask-preview-words";
import type { Preview } from "./ask-preview";
import type { MessageDraft } from "./message-draft";

type Colleague = Preview["working_now"][number];

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
  const start = sendLater && lastStart(away);
  const colleagues = preview.working_now.slice(0, 3);
  const instead = (id: string) => {
    for (const { member_id } of away) recipients.remove(member_id);
    recipients.add(id);
  };
  return (
    <Notice kind="warn" lines={away.map(awayWords)}>
      <div class="urgent-reason">
        <label>
          <span class="strong">{t.whyUrgent}</span>
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
            {t.whyUrgentMissing}
          </p>
        )}
        {(start || colleagues.length > 0) && (
          <p class="instead">
            <span>{t.or}</span>
            {start && (
              <Button small onClick={() => sendLater(start.at)}>
                {sendWhenWords(away, timeWords(start.yours, away[0]!.now.yours))}
              </Button>
            )}
            {colleagues.map((colleague) => (
              <Button key={colleague.member_id} small onClick={() => instead(colleague.member_id)}>
                {insteadWords(colleague, live.one("members", colleague.member_id).value?.name)}
              </Button>
            ))}
          </p>
        )}
      </div>
    </Notice>
  );
}

const firstName = (name: string): string => name.split(" ")[0]!;

const sendWhenWords = (away: readonly { name: string }[], when: string): string =>
  away.length > 1 ? t.sendWhenTheyStart({ when }) : t.sendWhenStarts({ name: firstName(away[0]!.name), when });

/** `Ask Kim instead (working now)`. */
function insteadWords(colleague: Colleague, fullName = colleague.name): string {
  const name = firstName(fullName);
  return colleague.in_focus ? t.askInsteadInFocus({ name }) : t.askInstead({ name });
}
