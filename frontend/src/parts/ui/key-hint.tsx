import { singleKeys, isSingle } from "../../keys/commands";
import { keycaps } from "../../keys/keycaps";

/** Shows the keys of a shortcut. Screen readers get them from the help only. */
export function KeyHint({ keys }: { keys: string }) {
  if (isSingle(keys) && !singleKeys.value) return null;
  return (
    <span class="keys" aria-hidden="true">
      {keycaps(keys).map((cap, index) => (
        <kbd key={index}>{cap}</kbd>
      ))}
    </span>
  );
}
