import { useSignal } from "@preact/signals";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Failed } from "../../parts/failed";
import { Field } from "../../parts/field";
import { Form, textOf } from "../../parts/form";
import { useFresh } from "../../parts/fresh";
import { Panel } from "../../parts/panel";
import { toast } from "../../parts/toast";
import { ZoneSelect } from "../../parts/zone-select";
import { WeekEditor } from "./week-editor";

const WORKSPACE = "/api/workspaces/{workspace}";
const DEFAULTS = "/api/workspaces/{workspace}/calendar-defaults";

/** Its name, the zone in which the team compares times, and the hours that new members get. */
export function WorkspaceSection() {
  const here = useWorkspace();
  const defaults = useFresh(
    () => answer(api.GET(DEFAULTS, { params: here.path() })),
    /^calendar/,
  );
  const held = defaults.data.value;
  return (
    <>
      <NameAndZone />
      <Failed of={defaults} />
      {held && <DefaultHours key={held.rev} defaults={held} saved={defaults.reload} />}
    </>
  );
}

function NameAndZone() {
  const here = useWorkspace();
  const { workspace } = useBoard();
  const send = async (form: FormData) => {
    const params = { ...here.path(), header: { "if-match": `"${workspace.rev}"` } };
    const body = { name: textOf(form, "name"), reference_zone: textOf(form, "reference_zone") };
    await answer(api.PATCH(WORKSPACE, { params, body }));
    toast("Workspace saved");
  };
  return (
    <Panel title="Workspace">
      <div class="panel-body">
        <Form key={workspace.rev} action="Save" send={send}>
          <Field name="name" label="Name" required maxLength={200} defaultValue={workspace.name} />
          <ZoneSelect
            name="reference_zone"
            label="Reference zone"
            value={workspace.reference_zone}
            hint="The zone in which the team compares times."
          />
        </Form>
      </div>
    </Panel>
  );
}

interface DefaultsProps {
  defaults: components["schemas"]["DefaultsOut"];
  saved: () => Promise<void>;
}

function DefaultHours({ defaults, saved }: DefaultsProps) {
  const here = useWorkspace();
  const week = useSignal(defaults.weekly);
  const send = async () => {
    const params = { ...here.path(), header: { "if-match": `"${defaults.rev}"` } };
    await answer(api.PATCH(DEFAULTS, { params, body: { weekly: week.peek() } }));
    toast("Saved for new members");
    await saved();
  };
  return (
    <Panel title="Hours of new members">
      <div class="panel-body settings-wide">
        <Form action="Save hours" send={send}>
          <p class="quiet">Those who are here keep the hours that they have.</p>
          <WeekEditor week={week} />
        </Form>
      </div>
    </Panel>
  );
}
