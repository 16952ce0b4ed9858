import t from "locale:entry";
import { answer, api } from "../api/client";
import { navigate } from "../router/router";
import { account } from "../session/session";
import { useDerivedField } from "../parts/form/derived-field";
import { Field } from "../parts/form/field";
import { Form, textOf } from "../parts/form/form";
import { handleOf, slugOf } from "../parts/people/names";
import { Page } from "../parts/ui/page";
import { ZoneSelect } from "../parts/form/zone-select";
import { HandleField } from "../parts/people/handle-field";

/** Creates a workspace: the second step of the first run, and later on. */
export function NewWorkspace() {
  const me = account.value;
  const slug = useDerivedField(slugOf);
  const link = `${location.host}/w/${slug.value || t.shortNameExample}`;
  const send = async (form: FormData) => {
    const body = {
      name: textOf(form, "name"),
      slug: textOf(form, "slug"),
      reference_zone: textOf(form, "reference_zone"),
      handle: textOf(form, "handle"),
    };
    const made = await answer(api.POST("/api/workspaces", { body }));
    navigate(`/w/${made.slug}`, { replace: true });
  };
  return (
    <Page title={t.nameWorkspace} lead={t.nameWorkspaceHint} narrow>
      <Form action={t.createWorkspace} send={send}>
        <Field
          name="name"
          label={t.workspaceName}
          autoComplete="organization"
          required
          maxLength={200}
          onInput={(event) => slug.follow(event.currentTarget.value)}
        />
        <Field
          name="slug"
          label={t.shortName}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          required
          maxLength={40}
          pattern="[a-z0-9][a-z0-9\-]{0,39}"
          title={t.shortNameFormat}
          value={slug.value}
          onInput={(event) => slug.type(event.currentTarget.value)}
          hint={t.shortNameHint({ link })}
        />
        <ZoneSelect
          name="reference_zone"
          label={t.referenceZone}
          hint={t.referenceZoneHint}
        />
        <HandleField defaultValue={handleOf(me?.name ?? "", me?.email)} />
      </Form>
    </Page>
  );
}
