import { Gavel, UserRoundPlus, X } from "lucide";
import t from "locale:decision";
import common from "locale:common";
import type { components } from "../../api/schema";
import type { Board, Member } from "../../live/documents";
import { useBoard, useTeamHours } from "../../live/workspace";
import { Person } from "../../parts/people/avatar";
import { IconButton } from "../../parts/ui/button";
import { Section } from "../../parts/ui/facts";
import { Icon } from "../../parts/ui/icon";
import { Picker } from "../../parts/ui/picker";
import { clockOf } from "../../parts/time/times";
import { zoneName } from "../../parts/time/zones";
import { list } from "../../text/format";
import type { Change } from "./change";
import { AutosaveStatus } from "./autosave-status";
import { type Autosave, type AutosavedField, useAutosave } from "./autosave";
import type { WholeDecision } from "./data";
import { memberOption } from "../../parts/people/member-option";

type Asked = components["schemas"]["StakeholderIn"];

const written = (asked: readonly Asked[]) =>
  JSON.stringify(
    asked
      .map(({ member_id, asked_for }) => ({ member_id, asked_for }))
      .sort((a, b) => a.member_id.localeCompare(b.member_id)),
  );

const askedIn = (text: string) => JSON.parse(text) as Asked[];

export function useStakeholders(of: Pick<AutosavedField, "decision" | "send">): Autosave {
  return useAutosave({
    ...of,
    field: "stakeholders",
    textIn: ({ stakeholders }) => written(stakeholders),
    editOf: (text) => ({ stakeholders: askedIn(text) }),
  });
}

interface Props {
  decision: WholeDecision;
  of: Autosave;
  change: Change;
}

/** Who decides, and who is asked for input or for approval. */
export function People({ decision, of, change }: Props) {
  const board = useBoard();
  const asked = askedIn(of.text.value);
  const set = (now: Asked[]) => {
    of.text.value = written(now);
    void of.flush();
  };
  const without = (id: string) => asked.filter(({ member_id }) => member_id !== id);
  const toggle = (id: string) => {
    const others = without(id);
    set(others.length < asked.length ? others : [...asked, { member_id: id, asked_for: "input" }]);
  };
  const ids = new Set(asked.map(({ member_id }) => member_id));
  const people = asked.flatMap((each) => {
    const member = board.members.get(each.member_id);
    return member ? [{ ...each, member }] : [];
  });
  const byName = people.sort((a, b) => a.member.name.localeCompare(b.member.name));
  return (
    <Section id="people" title={t.people}>
      <div class="people-edit">
        <span class="people-role">{t.decider}</span>
        <DeciderPicker decision={decision} change={change} isTaken={(id) => ids.has(id)} />
        <span class="people-role">{t.asked}</span>
        <div class="people-asked">
          {byName.length > 0 && (
            <ul aria-label={t.peopleAsked}>
              {byName.map(({ member, asked_for }) => (
                <AskedRow
                  key={member.id}
                  member={member}
                  askedFor={asked_for ?? "input"}
                  ask={(what) =>
                    set([...without(member.id), { member_id: member.id, asked_for: what }])
                  }
                  remove={() => toggle(member.id)}
                />
              ))}
            </ul>
          )}
          <div class="form-end">
            <Picker
              label={t.addPerson}
              class="button small"
              many
              chosen={ids}
              options={() =>
                candidates(board, (id) => id === decision.proposed_by || id === decision.decider_id)
              }
              onPick={toggle}
            >
              <Icon of={UserRoundPlus} size={14} />
              {t.addPerson}
            </Picker>
            <AutosaveStatus of={of} field="stakeholders" textIn={(theirs) => names(board, theirs)} />
          </div>
        </div>
      </div>
    </Section>
  );
}

const names = ({ members }: Board, { stakeholders }: WholeDecision) =>
  list(stakeholders.map(({ member_id }) => members.get(member_id)?.name ?? common.someone));

interface DeciderProps {
  decision: WholeDecision;
  change: Change;
  isTaken: (id: string) => boolean;
  class?: string;
}

/** Who decides, changed where it stands. */
export function DeciderPicker({ decision, change, isTaken, class: look = "button" }: DeciderProps) {
  const board = useBoard();
  const decider = board.members.get(decision.decider_id ?? "");
  return (
    <Picker
      label={t.decider}
      title={decider ? t.deciderIs({ name: decider.name }) : t.chooseDecider}
      class={look}
      chosen={new Set([decision.decider_id ?? ""])}
      options={() => candidates(board, isTaken)}
      onPick={(decider_id) => void change("decider_id", { decider_id })}
    >
      {decider ? (
        <Person of={decider} />
      ) : (
        <>
          <Icon of={Gavel} size={14} />
          {t.chooseDecider}
        </>
      )}
    </Picker>
  );
}

/** Active members, no guests. */
function candidates({ members }: Board, isTaken: (id: string) => boolean) {
  return [...members.values()]
    .filter(({ id, disabled_at, role }) => !disabled_at && role !== "guest" && !isTaken(id))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(memberOption);
}

interface RowProps {
  member: Member;
  askedFor: "input" | "approval";
  ask: (what: "input" | "approval") => void;
  remove: () => void;
}

function AskedRow({ member, askedFor, ask, remove }: RowProps) {
  const times = useTeamHours().get(member.id);
  return (
    <li>
      <Person of={member} />
      <span class="quiet">
        {times && t.timeInCity({ time: clockOf(times.now.local), city: zoneName(times.zone) })}
      </span>
      <select
        class="input"
        aria-label={t.askedFor({ name: member.name })}
        value={askedFor}
        onChange={({ currentTarget }) => ask(currentTarget.value as "input" | "approval")}
      >
        <option value="input" selected={askedFor === "input"}>
          {t.input}
        </option>
        <option value="approval" selected={askedFor === "approval"}>
          {t.approval}
        </option>
      </select>
      <IconButton icon={X} label={t.removePerson({ name: member.name })} onClick={remove} />
    </li>
  );
}
