import t from "locale:settings";
import { account } from "../../session/session";
import { LanguageChoice, Name, Password } from "../account/account";
import { SecurityEvents } from "../account/security-events";

/** My name, password and security events, the same in every workspace. */
export function AccountSection() {
  const me = account.value;
  if (!me) return null;
  return (
    <>
      <p class="quiet">{t.signedInAs({ email: me.email })}</p>
      <Name me={me} />
      <LanguageChoice me={me} />
      <Password />
      <SecurityEvents />
    </>
  );
}
