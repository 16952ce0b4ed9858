import { useSignal } from "@preact/signals";
import { answer, api, ifMatch } from "../../api/client";
import type { Calendar } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { EditPanel } from "../../parts/form/edit-form";
import { textOf } from "../../parts/form/form";
import { useLoaded } from "../../parts/data/loaded";
import { Select } from "../../parts/form/select";
import { toast } from "../../parts/ui/toast";
import { ZoneSelect } from "../../parts/form/zone-select";

const CALENDAR = "/api/workspaces/{workspace}/members/{member_id}/calendar";
const COUNTRIES = "/api/workspaces/{workspace}/countries";
const regionNames = new Intl.DisplayNames("en", { type: "region" });

/** My zone, and whose public holidays are free for me. */
export function MyZone({ calendar }: { calendar: Calendar }) {
  const here = useWorkspace();
  const params = here.pathParams({ member_id: calendar.id });
  return (
    <EditPanel<Calendar>
      title="Where I work"
      of={calendar}
      action="Save"
      fieldsIn={(form) => ({
        zone: textOf(form, "zone"),
        country: textOf(form, "country") || null,
        subdivision: textOf(form, "subdivision") || null,
      })}
      read={() => answer(api.GET(CALENDAR, { params }))}
      send={(rev, body) =>
        answer(api.PATCH(CALENDAR, { params: { ...params, header: ifMatch(rev) }, body }))
      }
      saved={() => toast("Saved; running asks follow your new times")}
    >
      {(begun) => <ZoneAndHolidays calendar={begun} />}
    </EditPanel>
  );
}

function ZoneAndHolidays({ calendar }: { calendar: Calendar }) {
  const here = useWorkspace();
  const countries = useLoaded(() => answer(api.GET(COUNTRIES, { params: here.pathParams() })), [here]);
  const country = useSignal(calendar.country ?? "");
  const known = countries.data.value ?? [];
  const codes = known.length > 0 ? known.map(({ code }) => code) : [country.value].filter(Boolean);
  const parts = known.find(({ code }) => code === country.value)?.subdivisions ?? [];
  return (
    <>
      <ZoneSelect
        name="zone"
        label="Time zone"
        value={calendar.zone}
        hint="Your hours and time off stay as written, and are then times of the new zone."
      />
      <Select
        name="country"
        label="Public holidays"
        value={country.value}
        onChange={(chosen) => (country.value = chosen)}
      >
        <option value="">None</option>
        {codes.map((code) => (
          <option key={code} value={code} selected={code === country.value}>
            {regionNames.of(code)}
          </option>
        ))}
      </Select>
      {parts.length > 0 && (
        <Select
          key={country.value}
          name="subdivision"
          label="Part of the country"
          value={calendar.subdivision ?? ""}
        >
          <option value="">The whole country’s only</option>
          {parts.map(({ code, name }) => (
            <option key={code} value={code} selected={code === calendar.subdivision}>
              {name ?? code}
            </option>
          ))}
        </Select>
      )}
    </>
  );
}
