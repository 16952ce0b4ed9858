import { setSingleKeys, singleKeys } from "../../keys/commands";
import { KeyHint } from "../../parts/ui/key-hint";
import { Panel } from "../../parts/ui/panel";

/** Whether letters alone do something: who speaks to the computer turns that off. */
export function KeysSection() {
  return (
    <Panel title="Keys">
      <div class="panel-body settings-stack">
        <label class="choice">
          <input
            type="checkbox"
            checked={singleKeys.value}
            onChange={({ currentTarget }) => setSingleKeys(currentTarget.checked)}
          />
          Single letters do something
        </label>
        <p class="quiet">
          Turn them off where speech or a switch types for you. Keys with Ctrl or ⌘ stay, and
          everything has a button. <KeyHint keys="?" /> lists all keys. Kept in this browser.
        </p>
      </div>
    </Panel>
  );
}
