import { Page } from "../parts/page";
import { Panel } from "../parts/panel";

/** What can be set; a section has an address of its own. */
export default function Settings() {
  return (
    <Page title="Settings">
      <Panel title="Yours">
        <ul class="rows">
          <li>
            <a href="/account">Your account: name, password, look, sessions, tokens</a>
          </li>
        </ul>
      </Panel>
    </Page>
  );
}
