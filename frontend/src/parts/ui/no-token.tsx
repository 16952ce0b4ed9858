import type { ComponentChildren } from "preact";
import common from "locale:common";
import { Page } from "./page";

/** The page behind a one-time link, opened without its token. */
export function NoToken({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <Page title={title} narrow>
      <p>{children}</p>
      <p>
        <a class="button" href="/">
          {common.goToSignIn}
        </a>
      </p>
    </Page>
  );
}
