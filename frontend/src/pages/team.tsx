import { useBoard, useTeamHours } from "../live/workspace";
import { Person } from "../parts/avatar";
import { Page } from "../parts/page";
import { clockOf } from "../parts/times";

/** Who works when. */
export default function Team() {
  const hours = useTeamHours();
  const members = [...useBoard().members.values()].filter(({ disabled_at }) => !disabled_at);
  return (
    <Page title="Team">
      <ul class="panel rows">
        {members.map((member) => {
          const times = hours.get(member.id);
          return (
            <li key={member.id}>
              <span class="main">
                <Person of={member} />
              </span>
              {times && <span class="quiet">{clockOf(times.now.local)}</span>}
            </li>
          );
        })}
      </ul>
    </Page>
  );
}
