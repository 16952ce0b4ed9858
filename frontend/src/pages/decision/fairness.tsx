import { Check, TriangleAlert } from "lucide";
import t from "locale:decision";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { Person } from "../../parts/people/avatar";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { RequestError } from "../../parts/ui/error-notice";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Notice } from "../../parts/ui/notice";
import { zoneName } from "../../parts/time/zones";
import { earliestOf, type Fairness as Found, type Left, workingWords } from "./fairness-words";
import type { DecisionProps } from "./data";
import { dateTimeWords } from "../../parts/time/times";

const FAIRNESS = "/api/workspaces/{workspace}/decisions/{key}/fairness";
const CONCERNS = /^(decision|calendar|holidays|agreement|member)/;

/** The working time that the deadline leaves to each, and the earliest one that is fair to all. */
export function Fairness({ decision, choose }: DecisionProps & { choose: (at: string) => void }) {
  const here = useWorkspace();
  const { key, rev } = decision;
  const load = () => answer(api.GET(FAIRNESS, { params: here.pathParams({ key }) }));
  const fairness = useLiveLoaded(load, CONCERNS, [key, rev, minute.value]);
  const found = fairness.data.value;
  if (!found) return <RequestError of={fairness} />;
  if (found.stakeholders.length === 0) {
    return <p class="quiet">{t.addPeopleFirst}</p>;
  }
  return (
    <>
      <Verdict found={found} choose={choose} />
      <table class="table fairness">
        <caption class="unseen">{t.timeLeftEach}</caption>
        <thead>
          <tr>
            <th scope="col">{t.person}</th>
            <th scope="col">{t.workingTimeLeft}</th>
            <th scope="col">{t.localTime}</th>
          </tr>
        </thead>
        <tbody>
          {found.stakeholders.map((left) => (
            <Row key={left.member_id} left={left} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Verdict({ found, choose }: { found: Found; choose: (at: string) => void }) {
  const earliest = earliestOf(found);
  const time = workingWords(found.allowance_s);
  const offer = earliest && earliest.at !== found.input_due_at && (
    <Button small onClick={() => choose(earliest.at)}>
      {t.chooseEarliest({ time: earliest.words })}
    </Button>
  );
  if (found.is_fair === null) {
    return (
      <div class="form-end">
        <span class="quiet">{t.shouldHaveTime({ time })}</span>
        {offer}
      </div>
    );
  }
  if (found.is_fair) return <p class="quiet">{t.everyoneHasTime({ time })}</p>;
  const none = earliest ? [] : [t.noFairDeadline];
  return (
    <Notice kind="warn" lines={[t.notEveryoneHasTime({ time }), ...none]}>
      {offer}
    </Notice>
  );
}

function Row({ left: { member_id, zone, working_s, is_enough, due } }: { left: Left }) {
  const { live } = useWorkspace();
  const member = live.one("members", member_id).value;
  const city = <span class="quiet">{zoneName(zone)}</span>;
  return (
    <tr>
      <th scope="row">{member ? <Person of={member} /> : common.someone}</th>
      <td>
        {working_s === null ? (
          <span class="quiet">{t.noDeadline}</span>
        ) : (
          <Chip tone={is_enough ? "good" : "warn"} icon={is_enough ? Check : TriangleAlert}>
            {is_enough ? workingWords(working_s) : t.notEnough({ time: workingWords(working_s) })}
          </Chip>
        )}
      </td>
      <td>{due ? t.timeInCity({ time: dateTimeWords(due.theirs), city }) : city}</td>
    </tr>
  );
}
