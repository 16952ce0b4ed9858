import t from "locale:settings";
import { setSingleKeys, singleKeys } from "../../keys/commands";
import { KeyHint } from "../../parts/ui/key-hint";
import { Panel } from "../../parts/ui/panel";

/** Turns single-key shortcuts on and off: voice control can trigger them by accident. */
export function KeysSection() {
  return (
    <Panel title={t.keyboardShortcuts}>
      <div class="panel-body settings-stack">
        <label class="choice">
          <input
            type="checkbox"
            checked={singleKeys.value}
            onChange={({ currentTarget }) => setSingleKeys(currentTarget.checked)}
          />
          {t.singleKeys}
        </label>
        <p class="quiet">{t.singleKeysHint({ key: <KeyHint keys="?" /> })}</p>
      </div>
    </Panel>
  );
}
