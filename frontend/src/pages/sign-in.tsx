import common from "locale:common";
import t from "locale:entry";
import { Page } from "../parts/ui/page";
import { SignInForm } from "../parts/form/sign-in-form";

export function SignIn() {
  return (
    <Page title={common.signIn} narrow>
      <SignInForm />
      <p class="quiet">{t.forgotPassword}</p>
    </Page>
  );
}
