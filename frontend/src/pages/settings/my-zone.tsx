import { useSignal } from "@preact/signals";
import t from "locale:settings";
import common from "locale:common";
import { answer, api, ifMatch } from "../../api/client";
import type { Calendar } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { EditPanel } from "../../parts/form/edit-form";
import { textOf } from "../../parts/form/form";
import { useLoaded } from "../../parts/data/loaded";
import { Select } from "../../parts/form/select";
import { toast } from "../../parts/ui/toast";
import { ZoneSelect } from "../../parts/form/zone-select";
import { locale } from "../../text/format";

const CALENDAR = "/api/workspaces/{workspace}/members/{member_id}/calendar";
const COUNTRIES = "/api/workspaces/{workspace}/countries";
const regionNames = new Intl.DisplayNames(locale(), { type: "region" });

/** My zone, and whose public holidays are free for me. */
export function MyZone({ calendar }: { calendar: Calendar }) {
  const here = useWorkspace();
  const params = here.pathParams({ member_id: calendar.id });
  return (
    <EditPanel<Calendar>
      title={t.location}
      of={calendar}
      action={common.save}
      fieldsIn={(form) => ({
        zone: textOf(form, "zone"),
        country: textOf(form, "country") || null,
        subdivision: textOf(form, "subdivision") || null,
      })}
      read={() => answer(api.GET(CALENDAR, { params }))}
      send={(rev, body) =>
        answer(api.PATCH(CALENDAR, { params: { ...params, header: ifMatch(rev) }, body }))
      }
      saved={() => toast(t.locationSaved)}
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
        label={t.timeZone}
        value={calendar.zone}
        hint={t.timeZoneHint}
      />
      <Select
        name="country"
        label={t.publicHolidays}
        value={country.value}
        onChange={(chosen) => (country.value = chosen)}
      >
        <option value="">{common.none}</option>
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
          label={t.region}
          value={calendar.subdivision ?? ""}
        >
          <option value="">{t.nationalOnly}</option>
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
