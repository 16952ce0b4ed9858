import { Page } from "../parts/ui/page";

export function NotFound() {
  return (
    <Page title="Nothing here" narrow>
      <p>There is nothing at this address, or nothing that you can see.</p>
      <p>
        <a class="button" href="/">
          Go to your workspaces
        </a>
      </p>
    </Page>
  );
}
