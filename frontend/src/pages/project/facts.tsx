import t from "locale:project";
import common from "locale:common";
import { UserRound, UserRoundPlus } from "lucide";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import type { Project } from "../../live/documents";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";
import { Person } from "../../parts/people/avatar";
import { useAction } from "../../parts/ui/action";
import { DateFact, Fact, Facts } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { Icon } from "../../parts/ui/icon";
import { Picker } from "../../parts/ui/picker";
import { useChange } from "./change";
import { memberOption, NOBODY } from "../../parts/people/member-option";
import { localDate } from "../../parts/time/times";

interface Props {
  project: Project;
  canEdit: boolean;
}

/** Who leads the project and takes part, and when it starts and ends. */
export function ProjectFacts({ project, canEdit }: Props) {
  const here = useWorkspace();
  const change = useChange(project);
  const lead = here.live.one("members", project.lead_id ?? "").value;
  const today = localDate(minute.value);
  const isLate = !project.archived_at && project.due_on !== null && project.due_on < today;
  return (
    <>
      <Facts label={t.fields} canEdit={canEdit}>
        <Fact name={t.lead}>
          <Picker
            class="fact-button"
            label={t.lead}
            title={t.leadIs({ name: lead?.name ?? common.noOne })}
            chosen={new Set([project.lead_id ?? "none"])}
            options={() => leads(here)}
            onPick={(id) => void change({ lead_id: id === "none" ? null : id })}
          >
            {lead ? (
              <Person of={lead} />
            ) : (
              <>
                <Icon of={UserRound} />
                <span class="quiet">{common.noOne}</span>
              </>
            )}
          </Picker>
        </Fact>
        <DateFact
          name={t.starts}
          date={project.starts_on}
          change={(starts_on, over) => void change({ starts_on }, { starts_on: over })}
        />
        <DateFact
          name={t.ends}
          date={project.due_on}
          late={isLate ? t.datePassed : undefined}
          change={(due_on, over) => void change({ due_on }, { due_on: over })}
        />
      </Facts>
      <People project={project} canEdit={canEdit} />
    </>
  );
}

const active = ({ live }: WorkspaceHere) =>
  [...live.list("members").peek().values()].filter(({ disabled_at }) => !disabled_at);

function leads(here: WorkspaceHere) {
  const members = active(here).filter(({ role }) => role !== "guest");
  return [NOBODY, ...members.map(memberOption)];
}

const PERSON = "/api/workspaces/{workspace}/projects/{key}/people/{member_id}";

/** The people added to the project. Guests see only projects they were added to. */
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
        <h2 id="people">{t.people}</h2>
        {canEdit && (
          <Picker
            class="button quiet small"
            label={t.addOrRemovePeople}
            title={t.editPeople}
            many
            chosen={added}
            options={() => active(here).map(memberOption)}
            onPick={toggle}
          >
            <Icon of={UserRoundPlus} size={14} />
            {common.edit}
          </Picker>
        )}
      </div>
      {project.people.length === 0 && (
        <p class="quiet">{t.visibleToMembers}</p>
      )}
      <ul>
        {project.people.map((person) => (
          <li key={person.id}>
            <Person of={person} />
            {person.role === "guest" && <span class="quiet">{t.guest}</span>}
          </li>
        ))}
      </ul>
      <RequestError of={action} />
    </section>
  );
}
