import { Page } from "../parts/ui/page";
import { SignInForm } from "../parts/form/sign-in-form";

export function SignIn() {
  return (
    <Page title="Sign in" narrow>
      <SignInForm />
      <p class="quiet">
        Forgotten your password? An admin of your workspace can make a link that sets a new one.
      </p>
    </Page>
  );
}
