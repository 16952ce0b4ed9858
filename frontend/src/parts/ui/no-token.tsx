import type { ComponentChildren } from "preact";
import { Page } from "./page";

/** A page that only a one-time link opens, opened without it. */
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
