import common from "locale:common";
import t from "locale:shell";
import type { Outbox, Send } from "../live/outbox";
import { refusedMessage } from "../parts/conversation/refused-message";
import { Button } from "../parts/ui/button";
import { copy } from "../parts/ui/clipboard";
import { list } from "../text/format";

/** Lists requests that wait for the server, and those that it refused. */
export function OutboxStrip({ outbox, away }: { outbox: Outbox; away: boolean }) {
  const sends = outbox.sends.value;
  const waiting = sends.filter(({ refused }) => !refused);
  const refused = sends.filter((send) => send.refused);
  return (
    <>
      {away && waiting.length > 0 && (
        <section class="strip" aria-label={t.waitingToSend}>
          {t.sendingLater({ count: waiting.length, names: list(waiting.map(({ label }) => label)) })}
        </section>
      )}
      {refused.map((send) => (
        <RefusedSend key={send.key} send={send} outbox={outbox} />
      ))}
    </>
  );
}

function RefusedSend({ send, outbox }: { send: Send; outbox: Outbox }) {
  const message = messageIn(send.body);
  const refused = message && send.refused && refusedMessage(message, send.refused);
  const why = [send.refused?.title, send.refused?.detail].filter(Boolean).join(" ");
  const mended = refused?.mended ?? undefined;
  const reason = refused && mended ? refused.words : why;
  const copyBody = () => void copy(textIn(send.body));
  return (
    <section class="strip bad" aria-label={t.notSent}>
      <span>{t.wasNotSent({ name: send.label, reason })}</span>
      <Button small onClick={() => void outbox.retry(send.key, mended)}>
        {mended ? common.sendAnyway : common.tryAgain}
      </Button>
      <Button small onClick={copyBody}>
        {t.copyText}
      </Button>
      <Button small onClick={() => outbox.discard(send.key)}>
        {t.discard}
      </Button>
    </section>
  );
}

/** The message in a request; null if it is something else. */
function messageIn(body: unknown): Parameters<typeof refusedMessage>[0] | null {
  const { body: text } = (body ?? {}) as { body?: string };
  return text === undefined ? null : { ...(body as object), body: text };
}

function textIn(body: unknown): string {
  const { body: text, reason } = body as { body?: string; reason?: string };
  return text ?? reason ?? JSON.stringify(body, null, 2);
}
