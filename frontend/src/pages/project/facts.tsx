import { UserRound, UserRoundPlus } from "lucide";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import type { Member, Project } from "../../live/documents";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";
import { Avatar, Person } from "../../parts/people/avatar";
import { useAction } from "../../parts/ui/action";
import { DateFact, Fact, Facts } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { Icon } from "../../parts/ui/icon";
import { Picker } from "../../parts/ui/picker";
import { useChange } from "./change";
import { NOBODY } from "../../parts/people/member-option";
import { localDate } from "../../parts/time/times";

interface Props {
  project: Project;
  canEdit: boolean;
}

/** Who leads it and takes part, and from when until when. */
export function ProjectFacts({ project, canEdit }: Props) {
  const here = useWorkspace();
  const change = useChange(project);
  const lead = here.live.one("members", project.lead_id ?? "").value;
  const today = localDate(minute.value);
  const isLate = !project.archived_at && project.due_on !== null && project.due_on < today;
  return (
    <>
      <Facts label="Fields of this project" canEdit={canEdit}>
        <Fact name="Lead">
          <Picker
            class="fact-button"
            label="Lead"
            title={`Lead: ${lead?.name ?? "Nobody"}`}
            chosen={new Set([project.lead_id ?? "none"])}
            options={() => leads(here)}
            onPick={(id) => void change({ lead_id: id === "none" ? null : id })}
          >
            {lead ? (
              <Person of={lead} />
            ) : (
              <>
                <Icon of={UserRound} />
                <span class="quiet">Nobody</span>
              </>
            )}
          </Picker>
        </Fact>
        <DateFact
          name="Starts"
          date={project.starts_on}
          change={(starts_on) => void change({ starts_on })}
        />
        <DateFact
          name="Ends"
          date={project.due_on}
          late={isLate ? "This has passed" : undefined}
          change={(due_on) => void change({ due_on })}
        />
      </Facts>
      <People project={project} canEdit={canEdit} />
    </>
  );
}

const active = ({ live }: WorkspaceHere) =>
  [...live.list("members").peek().values()].filter(({ disabled_at }) => !disabled_at);

const optionOf = (member: Member) => ({
  value: member.id,
  name: member.name,
  words: member.handle,
  mark: <Avatar of={member} />,
});

function leads(here: WorkspaceHere) {
  const members = active(here).filter(({ role }) => role !== "guest");
  return [NOBODY, ...members.map(optionOf)];
}

const PERSON = "/api/workspaces/{workspace}/projects/{key}/people/{member_id}";

/** Those who were added to it. Guests see a project only so. */
function People({ project, canEdit }: Props) {
  const here = useWorkspace();
  const action = useAction();
  const added = new Set(project.people.map(({ id }) => id));
  const toggle = (member_id: string) =>
    action.run(async () => {
      const params = here.pathParams({ key: project.key, member_id });
      await answer(
        added.has(member_id) ? api.DELETE(PERSON, { params }) : api.PUT(PERSON, { params }),
      );
    });
  return (
    <section class="people" aria-labelledby="people">
      <div class="part-head">
        <h2 id="people">People</h2>
        {canEdit && (
          <Picker
            class="button quiet small"
            label="Add or remove people"
            title="Change people"
            many
            chosen={added}
            options={() => active(here).map(optionOf)}
            onPick={toggle}
          >
            <Icon of={UserRoundPlus} size={14} />
            Change
          </Picker>
        )}
      </div>
      {project.people.length === 0 && (
        <p class="quiet">Nobody was added. Every member sees it; guests do once they are added.</p>
      )}
      <ul>
        {project.people.map((person) => (
          <li key={person.id}>
            <Person of={person} />
            {person.role === "guest" && <span class="quiet">guest</span>}
          </li>
        ))}
      </ul>
      <RequestError of={action} />
    </section>
  );
}
