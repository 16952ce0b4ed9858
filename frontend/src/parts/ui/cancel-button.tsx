import common from "locale:common";
import { Button } from "./button";

/** Closes a dialog's form. What was typed is kept as a draft. */
export function CancelButton({ close }: { close: () => void }) {
  return (
    <Button kind="quiet" onClick={close}>
      {common.cancel}
    </Button>
  );
}
