import type { Outbox, Send } from "../live/outbox";
import { Button } from "../parts/ui/button";
import { copy } from "../parts/ui/clipboard";

/** Lists requests that wait for the server, and those that it refused. */
export function OutboxStrip({ outbox, away }: { outbox: Outbox; away: boolean }) {
  const sends = outbox.sends.value;
  const waiting = sends.filter(({ refused }) => !refused);
  const refused = sends.filter((send) => send.refused);
  return (
    <>
      {away && waiting.length > 0 && (
        <section class="strip" aria-label="Waiting to be sent">
          {waiting.length} waiting to be sent: {waiting.map(({ label }) => label).join(", ")}
        </section>
      )}
      {refused.map((send) => (
        <RefusedSend key={send.key} send={send} outbox={outbox} />
      ))}
    </>
  );
}

function RefusedSend({ send, outbox }: { send: Send; outbox: Outbox }) {
  const copyBody = () => void copy(textIn(send.body));
  return (
    <section class="strip bad" aria-label="Not sent">
      <span>
        {send.label} was not sent. {send.refused?.title} {send.refused?.detail}
      </span>
      <Button small onClick={() => void outbox.retry(send.key)}>
        Retry
      </Button>
      <Button small onClick={copyBody}>
        Copy the text
      </Button>
      <Button small onClick={() => outbox.discard(send.key)}>
        Discard
      </Button>
    </section>
  );
}

function textIn(body: unknown): string {
  const { body: text, reason } = body as { body?: string; reason?: string };
  return text ?? reason ?? JSON.stringify(body, null, 2);
}
