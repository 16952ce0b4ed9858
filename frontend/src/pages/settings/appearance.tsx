import { ThemeChoice } from "../account/account";

/** How Dayline looks in this browser. */
export function AppearanceSection() {
  return (
    <>
      <ThemeChoice />
      <p class="quiet">Kept in this browser; others of yours have their own.</p>
    </>
  );
}
