import type { ComponentChildren } from "preact";
import { Button } from "./button";
import { useAction } from "./action";
import { CancelButton } from "./cancel-button";
import { Dialog } from "./dialog";
import { RequestError } from "./error-notice";

interface Props {
  title: string;
  /** The label of the confirming button. */
  action: string;
  /** How the button looks; as a danger unless said otherwise. */
  kind?: "danger" | "primary";
  run: () => Promise<void>;
  close: () => void;
  /** What will happen. */
  children: ComponentChildren;
}

/** Asks for confirmation before something that can't be undone or that others will see. */
export function Confirm({ title, action, kind = "danger", run, close, children }: Props) {
  const confirmed = useAction();
  const confirm = () => confirmed.run(() => run().then(close));
  return (
    <Dialog title={title} close={close}>
      <div class="form">
        <div>{children}</div>
        <RequestError of={confirmed} />
        <div class="form-end">
          <Button kind={kind} onClick={confirm}>
            {action}
          </Button>
          <CancelButton close={close} />
        </div>
      </div>
    </Dialog>
  );
}
