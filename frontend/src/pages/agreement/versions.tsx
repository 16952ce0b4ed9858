import { minute, now } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { Chip, type Tone } from "../../parts/ui/chip";
import { Panel } from "../../parts/ui/panel";
import type { Card } from "./data";
import { type VersionStatus, versionStatus, utcWords } from "./terms";

const TONES: Record<VersionStatus, Tone> = { "in force": "good", "to come": "info", superseded: "plain" };

interface Props {
  versions: readonly Card[];
  shown: number;
}

/** Every version, each beside the one before it. */
export function Versions({ versions, shown }: Props) {
  const here = useWorkspace();
  return (
    <Panel title="Versions">
      <ul class="rows" aria-label="Versions">
        {versions.map((card) => (
          <li key={card.id}>
            <a
              class="main"
              href={here.pageUrl(`/agreement?version=${card.version}`)}
              aria-current={card.version === shown ? "page" : undefined}
            >
              Version {card.version}
            </a>
            <StandingChip card={card} versions={versions} />
            <span class="quiet">from {utcWords(card.in_force_from)}</span>
            {card.version > 1 && (
              <a
                class="button small"
                href={here.pageUrl(`/agreement?version=${card.version}&with=${card.version - 1}`)}
              >
                What changed
                <span class="unseen"> in version {card.version}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function StandingChip({ card, versions }: { card: Card; versions: readonly Card[] }) {
  const at = Math.max(minute.value, now());
  const standing = versionStatus(card, versions, at);
  return <Chip tone={TONES[standing]}>{standing.charAt(0).toUpperCase() + standing.slice(1)}</Chip>;
}
