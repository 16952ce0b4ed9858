import { signal } from "@preact/signals";
import { Button } from "../parts/ui/button";
import { useDeed } from "../parts/ui/action";
import { Dialog } from "../parts/ui/dialog";
import { Failed } from "../parts/ui/failed";
import { forgetKept, type Kept, keptFor, keptWords } from "../session/unsent-work";
import { go } from "../router/router";
import { account, signOut } from "../session/session";

/** What is kept, while it is asked what shall become of it. */
const asking = signal<Kept | null>(null);

/** Sign out, unless something that was typed is kept here: then ask first. Throws a Refusal. */
export async function signOutOrAsk(): Promise<void> {
  const kept = keptFor(account.peek()?.id ?? "");
  if (keptWords(kept)) asking.value = kept;
  else await leave();
}

async function leave(): Promise<void> {
  await signOut();
  go("/");
}

/** Asks what shall become of drafts and unsent messages; shown where `signOutOrAsk` is offered. */
export function SignOutDialog() {
  const deed = useDeed();
  const kept = asking.value;
  if (!kept) return null;
  const close = () => (asking.value = null);
  const run = (forgets: boolean) =>
    deed.run(async () => {
      const id = account.peek()?.id ?? "";
      await leave();
      if (forgets) forgetKept(id);
      close();
    });
  return (
    <Dialog title="Sign out" close={close}>
      <div class="form">
        <p>
          This browser still keeps {keptWords(kept)}. Delete them if other people use this browser.
          Otherwise they are here when you sign in again.
        </p>
        <Failed of={deed} />
        <div class="form-end">
          <Button kind="primary" onClick={() => run(false)}>
            Keep and sign out
          </Button>
          <Button kind="danger" onClick={() => run(true)}>
            Delete and sign out
          </Button>
          <Button kind="quiet" onClick={close}>
            Cancel
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
