import t from "locale:agreement";
import { minute, now } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { Chip, type Tone } from "../../parts/ui/chip";
import { Panel } from "../../parts/ui/panel";
import { unseen } from "../../parts/ui/tags";
import type { Card } from "./data";
import { type VersionStatus, versionStatus, utcWords } from "./terms";

const TONES: Record<VersionStatus, Tone> = {
  inForce: "good",
  scheduled: "info",
  superseded: "plain",
};

interface Props {
  versions: readonly Card[];
  shown: number;
}

/** Every version, each with a link to compare it with the one before. */
export function Versions({ versions, shown }: Props) {
  const here = useWorkspace();
  const at = minute.value;
  return (
    <Panel title={t.versions}>
      <ul class="rows" aria-label={t.versions}>
        {versions.map((card) => (
          <li key={card.id}>
            <a
              class="main"
              href={here.pageUrl(`/agreement?version=${card.version}`)}
              aria-current={card.version === shown ? "page" : undefined}
            >
              {t.version({ version: card.version })}
            </a>
            <StatusChip card={card} versions={versions} />
            <span class="quiet">{t.fromTime({ time: utcWords(card.in_force_from, at) })}</span>
            {card.version > 1 && (
              <a
                class="button small"
                href={here.pageUrl(`/agreement?version=${card.version}&with=${card.version - 1}`)}
              >
                {t.whatChanged({ version: card.version, unseen })}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function StatusChip({ card, versions }: { card: Card; versions: readonly Card[] }) {
  const at = Math.max(minute.value, now());
  const status = versionStatus(card, versions, at);
  return <Chip tone={TONES[status]}>{t.versionStatus({ status })}</Chip>;
}
