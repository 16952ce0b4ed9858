import common from "locale:common";
import { useAction } from "../ui/action";
import { Button } from "../ui/button";
import { RequestError } from "../ui/error-notice";
import type { Paged } from "./paged";

/** The button that loads the next page of a list. Nothing at its end. */
export function ShowMore<T>({ of, label = common.showMore }: { of: Paged<T>; label?: string }) {
  const action = useAction();
  if (!of.data.value?.next) return null;
  return (
    <div class="show-more">
      <RequestError of={action} />
      <Button small kind="quiet" onClick={() => action.run(of.more)}>
        {label}
      </Button>
    </div>
  );
}
