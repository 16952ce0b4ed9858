import t from "locale:settings";
import { ThemeChoice } from "../account/account";

/** How Dayline looks in this browser. */
export function AppearanceSection() {
  return (
    <>
      <ThemeChoice />
      <p class="quiet">{t.thisBrowserOnly}</p>
    </>
  );
}
