import { Check, TriangleAlert } from "lucide";
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
export function Fairness({ decision, use }: DecisionProps & { use: (at: string) => void }) {
  const here = useWorkspace();
  const { key, rev } = decision;
  const load = () => answer(api.GET(FAIRNESS, { params: here.pathParams({ key }) }));
  const fairness = useLiveLoaded(load, CONCERNS, [key, rev, minute.value]);
  const found = fairness.data.value;
  if (!found) return <RequestError of={fairness} />;
  if (found.stakeholders.length === 0) {
    return <p class="quiet">Say who is asked, and see here how much time each of them has.</p>;
  }
  return (
    <>
      <Verdict found={found} use={use} />
      <table class="table fairness">
        <caption class="unseen">What the deadline leaves to each</caption>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Working time left</th>
            <th scope="col">On their clock</th>
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

function Verdict({ found, use }: { found: Found; use: (at: string) => void }) {
  const earliest = earliestOf(found);
  const agreed = `${workingWords(found.allowance_s)} of working time, as agreed`;
  const offer = earliest && earliest.at !== found.input_due_at && (
    <Button small onClick={() => use(earliest.at)}>
      Use the earliest fair one: {earliest.words}
    </Button>
  );
  if (found.is_fair === null) {
    return (
      <div class="form-end">
        <span class="quiet">Everybody should have {agreed}.</span>
        {offer}
      </div>
    );
  }
  if (found.is_fair) return <p class="quiet">Everybody has {agreed}.</p>;
  const late = !earliest && "Somebody has too little working time within five years.";
  return (
    <Notice kind="warn" lines={[`Not everybody has ${agreed}.`, ...(late ? [late] : [])]}>
      {offer}
    </Notice>
  );
}

function Row({ left: { member_id, zone, working_s, is_enough, due } }: { left: Left }) {
  const { live } = useWorkspace();
  const member = live.one("members", member_id).value;
  return (
    <tr>
      <th scope="row">{member ? <Person of={member} /> : "Somebody"}</th>
      <td>
        {working_s === null ? (
          <span class="quiet">No deadline yet</span>
        ) : (
          <Chip tone={is_enough ? "good" : "warn"} icon={is_enough ? Check : TriangleAlert}>
            {workingWords(working_s)}
            {!is_enough && ", too little"}
          </Chip>
        )}
      </td>
      <td>
        {due && `${dateTimeWords(due.theirs)} `}
        <span class="quiet">{zoneName(zone)}</span>
      </td>
    </tr>
  );
}
