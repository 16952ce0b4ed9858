import type { ComponentChildren } from "preact";
import { Page } from "./page";

/** The page behind a one-time link, opened without its token. */
export function NoToken({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <Page title={title} narrow>
      <p>{children}</p>
      <p>
        <a class="button" href="/">
          Go to sign in
        </a>
      </p>
    </Page>
  );
}
