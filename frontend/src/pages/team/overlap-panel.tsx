import { setQuery } from "../../router/router";
import { useBoard } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Panel } from "../../parts/ui/panel";
import { selectedIds } from "./selected-members";
import { burdenWords, listWords, type Person, stretchWords } from "./overlap-words";
import { type Overlap, type TeamDay, useOverlap } from "./data";
import { LoadStatus } from "../../parts/data/load-status";

/** When those who are chosen, or all, work at once on the date: in words. */
export function OverlapPanel({ day }: { day: TeamDay }) {
  const chosen = selectedIds();
  const read = useOverlap(day.on, chosen);
  const found = read.data.value;
  return (
    <Panel
      title="Working at once"
      aside={
        chosen.length > 0 && (
          <Button small kind="quiet" onClick={() => setQuery({ with: null })}>
            Compare everybody
          </Button>
        )
      }
    >
      <div class="panel-body overlap" aria-live="polite">
        <LoadStatus of={read} what="When they work at once could not be read." rows={2} />
        {found && <OverlapWords overlap={found} day={day} everybody={chosen.length === 0} />}
        {chosen.length === 0 && (
          <p class="quiet">Choose people in the table to compare only them.</p>
        )}
      </div>
    </Panel>
  );
}

interface WordsProps {
  overlap: Overlap;
  day: TeamDay;
  everybody: boolean;
}

function OverlapWords({ overlap, day, everybody }: WordsProps) {
  const { members } = useBoard();
  const zones = new Map(day.members.map(({ member_id, zone }) => [member_id, zone]));
  const people: Person[] = overlap.members.map((id) => ({
    id,
    name: members.get(id)?.name ?? "Somebody",
    zone: zones.get(id) ?? overlap.reference_zone,
  }));
  const who = everybody ? "Everybody" : listWords(people.map(({ name }) => name));
  const words = (stretch: Overlap["together"][number]) =>
    stretchWords(stretch, overlap.reference_zone, people);
  if (overlap.together.length === 0) return <Never overlap={overlap} people={people} who={who} />;
  const disturbed = JSON.stringify(overlap.undisturbed) !== JSON.stringify(overlap.together);
  return (
    <>
      <p>
        <strong>{who}:</strong> {overlap.together.map(words).join("; ")}
      </p>
      {disturbed && (
        <p class="quiet">
          Without anybody’s focus time:{" "}
          {overlap.undisturbed.map(words).join("; ") || "no time at all"}
        </p>
      )}
    </>
  );
}

function Never({ overlap, people, who }: { overlap: Overlap; people: Person[]; who: string }) {
  const best = overlap.least_unfair;
  const burden = best ? burdenWords(best.off_minutes, people) : "";
  return (
    <>
      <p>
        <strong>{who}:</strong> no hour of this date is working time for all.
      </p>
      {best && (
        <p>
          The least unfair hour: {stretchWords(best, overlap.reference_zone, people)}.
          {burden && ` Outside their hours: ${burden}.`}
        </p>
      )}
    </>
  );
}
