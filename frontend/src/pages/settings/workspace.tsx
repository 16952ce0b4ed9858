import t from "locale:administration";
import common from "locale:common";
import { useSignal } from "@preact/signals";
import { answer, api, ifMatch } from "../../api/client";
import type { components } from "../../api/schema";
import type { Workspace } from "../../live/documents";
import { useBoard, useWorkspace } from "../../live/workspace";
import { RequestError } from "../../parts/ui/error-notice";
import { Field } from "../../parts/form/field";
import { LanguageSelect } from "../../parts/form/language-select";
import { EditPanel } from "../../parts/form/edit-form";
import { textOf } from "../../parts/form/form";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { toast } from "../../parts/ui/toast";
import { ZoneSelect } from "../../parts/form/zone-select";
import { atTheWeek, type Week } from "./week";
import { WeekEditor } from "./week-editor";

const WORKSPACE = "/api/workspaces/{workspace}";
const DEFAULTS = "/api/workspaces/{workspace}/calendar-defaults";

/** The workspace's name and time zone, and the hours that new members start with. */
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
      title={t.workspace}
      of={workspace}
      action={common.save}
      fieldsIn={(form) => ({
        name: textOf(form, "name"),
        reference_zone: textOf(form, "reference_zone"),
        language: textOf(form, "language"),
      })}
      read={() => answer(api.GET(WORKSPACE, { params }))}
      send={(rev, body) =>
        answer(api.PATCH(WORKSPACE, { params: { ...params, header: ifMatch(rev) }, body }))
      }
      saved={() => toast(t.workspaceSaved)}
    >
      {({ name, reference_zone, language }) => (
        <>
          <Field name="name" label={t.name} required maxLength={200} defaultValue={name} />
          <ZoneSelect
            name="reference_zone"
            label={t.teamZone}
            value={reference_zone}
            hint={t.teamZoneHint}
          />
          <LanguageSelect name="language" value={language} hint={t.languageHint} />
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
      title={t.defaultHours}
      wide
      of={defaults}
      action={t.saveDefaultHours}
      fieldsIn={(form) => ({ weekly: JSON.parse(textOf(form, "weekly")) as Week })}
      read={() => answer(api.GET(DEFAULTS, { params }))}
      send={(rev, body) => {
        const sent = { params: { ...params, header: ifMatch(rev) }, body };
        return answer(api.PATCH(DEFAULTS, sent)).catch(atTheWeek);
      }}
      saved={(kept) => {
        saved(kept);
        toast(t.defaultHoursSaved);
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
      <p class="quiet">{t.defaultHoursHint}</p>
      <WeekEditor week={week} />
    </>
  );
}
