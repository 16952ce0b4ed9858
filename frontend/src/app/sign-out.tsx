import { signal } from "@preact/signals";
import t from "locale:shell";
import { Button } from "../parts/ui/button";
import { CancelButton } from "../parts/ui/cancel-button";
import { useAction } from "../parts/ui/action";
import { Dialog } from "../parts/ui/dialog";
import { RequestError } from "../parts/ui/error-notice";
import { deleteUnsentWork, type UnsentWork, unsentWorkOf, unsentWorkWords } from "../session/unsent-work";
import { navigate } from "../router/router";
import { account, signOut } from "../session/session";

/** The unsent work that the open dialog asks about. */
const dialog = signal<UnsentWork | null>(null);

/** Sign out, or first ask about drafts and unsent requests. Throws a Refusal. */
export async function signOutOrAsk(): Promise<void> {
  const kept = unsentWorkOf(account.peek()?.id ?? "");
  if (unsentWorkWords(kept)) dialog.value = kept;
  else await signOutNow();
}

async function signOutNow(): Promise<void> {
  await signOut();
  navigate("/");
}

/** Asks whether to keep or delete drafts and unsent messages. */
export function SignOutDialog() {
  const action = useAction();
  const kept = dialog.value;
  if (!kept) return null;
  const close = () => (dialog.value = null);
  const run = (forgets: boolean) =>
    action.run(async () => {
      const id = account.peek()?.id ?? "";
      await signOutNow();
      if (forgets) deleteUnsentWork(id);
      close();
    });
  return (
    <Dialog title={t.signOut} close={close}>
      <div class="form">
        <p>{t.unsentWork({ unsent: unsentWorkWords(kept) })}</p>
        <RequestError of={action} />
        <div class="form-end">
          <Button kind="primary" onClick={() => run(false)}>
            {t.keepAndSignOut}
          </Button>
          <Button kind="danger" onClick={() => run(true)}>
            {t.deleteAndSignOut}
          </Button>
          <CancelButton close={close} />
        </div>
      </div>
    </Dialog>
  );
}
