import { useSignal } from "@preact/signals";
import { answer, api, ifMatch } from "../../api/client";
import type { components } from "../../api/schema";
import type { Workspace } from "../../live/documents";
import { useBoard, useWorkspace } from "../../live/workspace";
import { RequestError } from "../../parts/ui/error-notice";
import { Field } from "../../parts/form/field";
import { EditPanel } from "../../parts/form/edit-form";
import { textOf } from "../../parts/form/form";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { toast } from "../../parts/ui/toast";
import { ZoneSelect } from "../../parts/form/zone-select";
import { atTheWeek, type Week } from "./week";
import { WeekEditor } from "./week-editor";

const WORKSPACE = "/api/workspaces/{workspace}";
const DEFAULTS = "/api/workspaces/{workspace}/calendar-defaults";

/** Its name, the zone in which the team compares times, and the hours that new members get. */
export function WorkspaceSection() {
  const here = useWorkspace();
  const defaults = useLiveLoaded(
    () => answer(api.GET(DEFAULTS, { params: here.pathParams() })),
    /^calendar/,
  );
  const held = defaults.data.value;
  return (
    <>
      <NameAndZone />
      <RequestError of={defaults} />
      {held && <DefaultHours defaults={held} saved={defaults.put} />}
    </>
  );
}

function NameAndZone() {
  const here = useWorkspace();
  const { workspace } = useBoard();
  const params = here.pathParams();
  return (
    <EditPanel<Workspace>
      title="Workspace"
      of={workspace}
      action="Save"
      fieldsIn={(form) => ({
        name: textOf(form, "name"),
        reference_zone: textOf(form, "reference_zone"),
      })}
      read={() => answer(api.GET(WORKSPACE, { params }))}
      send={(rev, body) =>
        answer(api.PATCH(WORKSPACE, { params: { ...params, header: ifMatch(rev) }, body }))
      }
      saved={() => toast("Workspace saved")}
    >
      {({ name, reference_zone }) => (
        <>
          <Field name="name" label="Name" required maxLength={200} defaultValue={name} />
          <ZoneSelect
            name="reference_zone"
            label="Reference zone"
            value={reference_zone}
            hint="The zone in which the team compares times."
          />
        </>
      )}
    </EditPanel>
  );
}

type Defaults = components["schemas"]["DefaultsOut"];

interface DefaultsProps {
  defaults: Defaults;
  saved: (defaults: Defaults) => void;
}

function DefaultHours({ defaults, saved }: DefaultsProps) {
  const here = useWorkspace();
  const params = here.pathParams();
  return (
    <EditPanel<Defaults>
      title="Hours of new members"
      wide
      of={defaults}
      action="Save hours"
      fieldsIn={(form) => ({ weekly: JSON.parse(textOf(form, "weekly")) as Week })}
      read={() => answer(api.GET(DEFAULTS, { params }))}
      send={(rev, body) => {
        const sent = { params: { ...params, header: ifMatch(rev) }, body };
        return answer(api.PATCH(DEFAULTS, sent)).catch(atTheWeek);
      }}
      saved={(kept) => {
        saved(kept);
        toast("Saved for new members");
      }}
    >
      {({ weekly }) => <WeekFields weekly={weekly} />}
    </EditPanel>
  );
}

function WeekFields({ weekly }: { weekly: Week }) {
  const week = useSignal(weekly);
  return (
    <>
      <p class="quiet">Those who are here keep the hours that they have.</p>
      <WeekEditor week={week} />
    </>
  );
}
