import common from "locale:common";
import { Button } from "./button";

/** Closes a dialog. Fields with a draft keep what was typed. */
export function CancelButton({ close }: { close: () => void }) {
  return (
    <Button kind="quiet" onClick={close}>
      {common.cancel}
    </Button>
  );
}
