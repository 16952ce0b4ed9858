import accountTexts from "locale:account";
import t from "locale:settings";
import { answer, api, ifMatch } from "../../api/client";
import type { Member } from "../../live/documents";
import { useMe, useWorkspace } from "../../live/workspace";
import { EditPanel } from "../../parts/form/edit-form";
import { Field } from "../../parts/form/field";
import { textOf } from "../../parts/form/form";
import { toast } from "../../parts/ui/toast";
import { account } from "../../session/session";
import { LanguageChoice, Name, Password } from "../account/account";
import { SecurityEvents } from "../account/security-events";

const MEMBER = "/api/workspaces/{workspace}/members/{member_id}";

/** My name here; and my name, password and security events, the same in every workspace. */
export function AccountSection() {
  const me = account.value;
  if (!me) return null;
  return (
    <>
      <p class="quiet">{t.signedInAs({ email: me.email })}</p>
      <NameHere />
      <Name me={me} />
      <LanguageChoice me={me} />
      <Password />
      <SecurityEvents />
    </>
  );
}

/** My name in this workspace. */
function NameHere() {
  const here = useWorkspace();
  const mine = useMe();
  const params = here.pathParams({ member_id: mine.id });
  return (
    <EditPanel<Member>
      title={accountTexts.nameHere}
      of={mine}
      action={accountTexts.saveName}
      fieldsIn={(form) => ({ name: textOf(form, "name") })}
      read={() => answer(api.GET(MEMBER, { params }))}
      send={(rev, body) =>
        answer(api.PATCH(MEMBER, { params: { ...params, header: ifMatch(rev) }, body }))
      }
      saved={() => toast(accountTexts.nameSaved)}
    >
      {({ name }) => (
        <Field
          name="name"
          label={accountTexts.nameHere}
          required
          maxLength={200}
          defaultValue={name}
          hint={accountTexts.nameHereHint}
        />
      )}
    </EditPanel>
  );
}
