import { useRef } from "preact/hooks";
import { commandsNow, isSingle, setSingleKeys, singleKeys } from "../keys/commands";
import { keycaps } from "../keys/keycaps";
import { Dialog } from "../parts/ui/dialog";

/** Lists the keyboard commands that work now. */
export default function Help({ close }: { close: () => void }) {
  // The commands from before the dialog opened: it hides those of the page below.
  const commands = useRef(commandsNow()).current;
  const groups = Map.groupBy(
    commands.filter(({ keys }) => keys?.length),
    ({ group }) => group,
  );
  return (
    <Dialog title="Keyboard help" close={close} wide>
      <label class="choice">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        Letters alone do something (turn this off if you speak to your computer)
      </label>
      <p class="quiet">
        Where a list and the app share a letter, such as E, it acts on the row that is chosen; where
        none is, it is the app’s. On a task’s page it acts on the task.
      </p>
      <div class="help">
        {[...groups].map(([group, members]) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>
              {members.map(({ name, keys = [] }) => (
                <HelpRow key={name} name={name} keys={keys} />
              ))}
            </dl>
          </section>
        ))}
        <section aria-label="Writing">
          <h3>Writing</h3>
          <dl>
            <HelpRow name="Send" keys={["$mod+Enter"]} />
            <HelpRow name="Close, go back" keys={["Escape"]} />
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

function HelpRow({ name, keys }: { name: string; keys: readonly string[] }) {
  const [first = ""] = keys;
  const isOff = isSingle(first) && !singleKeys.value;
  return (
    <div class={isOff ? "help-row off" : "help-row"}>
      <dt>{name}</dt>
      <dd>
        {keycaps(first).map((cap, index) => (
          <kbd key={index}>{cap}</kbd>
        ))}
      </dd>
    </div>
  );
}
