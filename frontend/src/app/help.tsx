import { useRef } from "preact/hooks";
import t from "locale:shell";
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
    <Dialog title={t.keyboardShortcuts} close={close} wide>
      <label class="choice">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        {t.singleKeys}
      </label>
      <p class="quiet">{t.sharedKeys}</p>
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
        <section aria-label={t.writing}>
          <h3>{t.writing}</h3>
          <dl>
            <HelpRow name={t.send} keys={["$mod+Enter"]} />
            <HelpRow name={t.closeOrGoBack} keys={["Escape"]} />
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
