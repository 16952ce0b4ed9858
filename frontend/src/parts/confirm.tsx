import type { ComponentChildren } from "preact";
import { Button } from "./button";
import { useDeed } from "./deed";
import { Dialog } from "./dialog";
import { Failed } from "./failed";

interface Props {
  title: string;
  /** The button that does it. */
  action: string;
  run: () => Promise<void>;
  close: () => void;
  /** What comes of it. */
  children: ComponentChildren;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, action, run, close, children }: Props) {
  const deed = useDeed();
  const act = () => deed.run(() => run().then(close));
  return (
    <Dialog title={title} close={close}>
      <div class="form">
        <div>{children}</div>
        <Failed of={deed} />
        <div class="form-end">
          <Button kind="danger" onClick={act}>
            {action}
          </Button>
          <Button kind="quiet" onClick={close}>
            Cancel
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
