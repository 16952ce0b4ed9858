import t from "locale:entry";
import { Page } from "../parts/ui/page";

export function NotFound() {
  return (
    <Page title={t.notFound} narrow>
      <p>{t.notFoundHint}</p>
      <p>
        <a class="button" href="/">
          {t.goToWorkspaces}
        </a>
      </p>
    </Page>
  );
}
