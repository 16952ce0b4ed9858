import t from "locale:team";
import common from "locale:common";
import { setQuery } from "../../router/router";
import { useBoard } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Panel } from "../../parts/ui/panel";
import { strong } from "../../parts/ui/tags";
import { selectedIds } from "./selected-members";
import { list } from "../../text/format";
import { outsideForWords, type Person, stretchWords } from "./overlap-words";
import { type Overlap, type TeamDay, useOverlap } from "./data";
import { LoadStatus } from "../../parts/data/load-status";

/** When the selected people, or everyone, work at the same time on the date. */
export function OverlapPanel({ day }: { day: TeamDay }) {
  const chosen = selectedIds();
  const read = useOverlap(day.on, chosen);
  const found = read.data.value;
  return (
    <Panel
      title={t.overlap}
      aside={
        chosen.length > 0 && (
          <Button small kind="quiet" onClick={() => setQuery({ with: null })}>
            {t.compareEveryone}
          </Button>
        )
      }
    >
      <div class="panel-body overlap" aria-live="polite">
        <LoadStatus of={read} what={t.couldNotLoadOverlap} rows={2} />
        {found && <OverlapWords overlap={found} day={day} isEveryone={chosen.length === 0} />}
        {chosen.length === 0 && (
          <p class="quiet">{t.selectToCompare}</p>
        )}
      </div>
    </Panel>
  );
}

interface WordsProps {
  overlap: Overlap;
  day: TeamDay;
  isEveryone: boolean;
}

function OverlapWords({ overlap, day, isEveryone }: WordsProps) {
  const { members } = useBoard();
  const zones = new Map(day.members.map(({ member_id, zone }) => [member_id, zone]));
  const people: Person[] = overlap.members.map((id) => ({
    id,
    name: members.get(id)?.name ?? common.someone,
    zone: zones.get(id) ?? overlap.reference_zone,
  }));
  const who = isEveryone ? t.everyone : list(people.map(({ name }) => name));
  const words = (stretches: Overlap["together"]) =>
    stretches.map((stretch) => stretchWords(stretch, overlap.reference_zone, people)).join(" · ");
  if (overlap.together.length === 0) return <Never overlap={overlap} people={people} who={who} />;
  const disturbed = JSON.stringify(overlap.undisturbed) !== JSON.stringify(overlap.together);
  return (
    <>
      <p>{t.overlapOf({ who, times: words(overlap.together), b: strong })}</p>
      {disturbed && (
        <p class="quiet">
          {overlap.undisturbed.length > 0
            ? t.outsideFocusTime({ times: words(overlap.undisturbed) })
            : t.allInFocusTime}
        </p>
      )}
    </>
  );
}

function Never({ overlap, people, who }: { overlap: Overlap; people: Person[]; who: string }) {
  const best = overlap.least_unfair;
  return (
    <>
      <p>{t.noOverlap({ who, b: strong })}</p>
      {best && (
        <p>
          {fairestWords(
            stretchWords(best, overlap.reference_zone, people),
            outsideForWords(best.off_minutes, people),
          )}
        </p>
      )}
    </>
  );
}

const fairestWords = (time: string, outsideFor: string): string =>
  outsideFor ? t.fairestButOutside({ time, people: outsideFor }) : t.fairest({ time });
